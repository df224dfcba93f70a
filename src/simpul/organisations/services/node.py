"""Opening this deployment, once, and changing what it is for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.refs import RecordRef
from simpul.organisations.logos import Logo
from simpul.organisations.models import Node, Organisation, Programme
from simpul.organisations.presets import PILLARS, Pillar, Preset
from simpul.records.locks import claim_version

CONFIGURE = "node.configure"


@dataclass(frozen=True, slots=True)
class Headlines:
    """What the node's figures are about where nobody names anything else."""

    programme: Programme | None = None
    network: Organisation | None = None
    organisation: Organisation | None = None


def open_node(
    actor: Actor,
    *,
    host: Organisation,
    preset: str,
    now: datetime,
    logo: Logo | None = None,
    complaints_to: RecordRef | None = None,
) -> Node:
    """Make this deployment `host`'s, with the pillars of the preset.

    Denied("node.configure"); Conflict("node_open") where somebody was first.
    """
    _authorise(actor)
    if preset not in Preset.values:
        raise Invalid("preset", "preset", message=_("Choose one of the three."))
    node = Node(
        host=host,
        preset=preset,
        pillars=[pillar.value for pillar in PILLARS[preset]],
        logo=logo.png if logo else None,
        logo_digest=logo.digest if logo else "",
        complaints_to=str(complaints_to or ""),
        opened_at=now,
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                node.save(force_insert=True)
        except IntegrityError as error:
            message = _("Somebody else has just opened this Simpul. Sign in, or ask them to enrol you.")
            raise Conflict("node_open", message=message) from error
        audit.record(actor, "organisations.open_node", node.ref, details={"preset": preset})
    return node


def change_node(
    actor: Actor,
    node: Node,
    *,
    version: int,
    pillars: Collection[str],
    complaints_to: RecordRef | None,
    headlines: Headlines | None = None,
    logo: Logo | None = None,
) -> Node:
    """Other pillars, another receiver of complaints; another logo, other headlines (None keeps them).

    Denied("node.configure"); Invalid("pillars"); Conflict("edited_meanwhile") with what is stored now.
    """
    _authorise(actor)
    unknown = set(pillars) - set(Pillar.values)
    if unknown or Pillar.DIRECTORY not in pillars:
        raise Invalid("pillars", "pillars", message=_("Keep the network; the others may go."))
    changes: dict[str, object] = {
        "pillars": [pillar for pillar in Pillar.values if pillar in pillars],
        "complaints_to": str(complaints_to or ""),
    }
    if headlines:
        changes |= {
            "headline_programme": headlines.programme,
            "headline_network": headlines.network,
            "headline_organisation": headlines.organisation,
        }
    if logo:
        changes |= {"logo": logo.png, "logo_digest": logo.digest}
    with transaction.atomic():
        fresh = claim_version(node, version, changes)
        audit.record(actor, "organisations.change_node", node.ref, details={"fields": sorted(changes)})
    return fresh


def _authorise(actor: Actor) -> None:
    if not actor.may(CONFIGURE):
        raise Denied(CONFIGURE)
