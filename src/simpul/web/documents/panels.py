"""Papers as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from simpul.documents.models import Document, Version
from simpul.documents.queries import documents_of
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.papers import PaperKind
from simpul.organisations.visibility import Audience
from simpul.web.components import Text


@dataclass(frozen=True, slots=True)
class Paper:
    """`preview` is the address of a small picture, "" for what is none; `earlier` its former versions, newest first."""

    id: UUID
    kind: Text
    title: str
    audience: Text
    type: Text
    size: int
    added_on: date
    href: str
    preview: str
    earlier: tuple[tuple[Version, date], ...]


def papers_of(actor: Actor, organisation: Organisation) -> list[Paper]:
    """Those the actor sees. Two queries."""
    return list(_papers(documents_of(actor, organisation.ref)))


def _papers(rows: Iterable[Document]) -> Iterable[Paper]:
    for row in rows:
        newest, *earlier = row.versions.all()
        yield Paper(
            id=row.pk,
            kind=PaperKind(row.kind).label,
            title=row.title.open() if row.title else "",
            audience=Audience(row.audience).label,
            type=newest.type.label,
            size=newest.size,
            added_on=_day(newest),
            href=reverse("documents:file", args=[row.pk]),
            preview=reverse("documents:preview", args=[row.pk]) if newest.preview_size else "",
            earlier=tuple((version, _day(version)) for version in earlier),
        )


def _day(version: Version) -> date:
    return local_date(version.added_at, Zone.WIB)
