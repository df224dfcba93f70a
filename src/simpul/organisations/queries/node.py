"""This deployment, as every page needs to know it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from simpul.organisations.logos import Logo
from simpul.organisations.models import Node, Organisation


@dataclass(frozen=True, slots=True)
class NodeFace:
    """What a page shows of the node: never the logo's bytes."""

    name: str
    host_id: UUID
    pillars: frozenset[str]
    logo_digest: str


def node_face() -> NodeFace | None:
    """None before the first run. One query."""
    # A subquery, not a join: SQLite may begin a join at the other end, and read every organisation.
    name = Organisation.objects.filter(pk=OuterRef("host_id")).values("name")
    row = Node.objects.values_list(Subquery(name), "host_id", "pillars", "logo_digest").first()
    return NodeFace(row[0], row[1], frozenset(row[2]), row[3]) if row else None


def this_node() -> Node | None:
    """The row itself, with its host and what its headlines are about; the logo's bytes when they are asked for."""
    ends = ("host", "headline_programme", "headline_network", "headline_organisation")
    return Node.objects.select_related(*ends).defer("logo").first()


def logo_of_node() -> Logo | None:
    """The picture in the header, where there is one."""
    row = Node.objects.exclude(logo=None).values_list("logo", "logo_digest").first()
    return Logo(bytes(row[0]), row[1]) if row and row[0] else None
