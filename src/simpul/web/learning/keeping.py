"""What a phone keeps of the library, and what it costs to fetch."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.urls import reverse

from simpul.activities.library_kinds import FileKind, Readers
from simpul.activities.models import LibraryEdition, LibraryItem
from simpul.activities.queries.library import items_for
from simpul.activities.rules.library import EDITION
from simpul.documents.models import Document
from simpul.documents.queries import documents_of, documents_of_many
from simpul.kernel.actor import Actor, Anonymous
from simpul.organisations.sectors import Sector
from simpul.web.accounts import doors
from simpul.web.components import Text
from simpul.web.http import Request


class Keeping(StrEnum):
    """`ITSELF`: once it was opened. `ASKED`: only where somebody presses for it. Else why it is not kept."""

    ITSELF = "itself"
    ASKED = "asked"
    SHARED = "shared"
    MEMBERS = "members"


def keeping_of(request: Request, item: LibraryItem) -> Keeping:
    """Kept is what anybody may read, on a phone that is not others' too. What residents read about violence is not kept
    unasked: who hurts them may look at the same phone.
    """
    anonymous = isinstance(request.actor, Anonymous)
    if not anonymous and not items_for(Anonymous()).filter(pk=item.pk).exists():
        return Keeping.MEMBERS
    if doors.is_shared(request):
        return Keeping.SHARED
    is_delicate = item.sector == Sector.WOMEN_AND_CHILDREN and item.readers == Readers.EVERYBODY
    return Keeping.ASKED if is_delicate else Keeping.ITSELF


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of an edition. `size` in bytes; `href` names the version, so that a kept recording is not taken for a
    newer one.
    """

    label: Text
    href: str
    size: int
    type: Text

    @classmethod
    def of(cls, row: Document) -> "Piece":
        """`row` with its `versions` at hand."""
        newest = max(row.versions.all(), key=lambda version: version.number)
        title = row.title.open() if row.title else ""
        href = f"{reverse('documents:file', args=[row.pk])}?versi={newest.number}"
        return cls(title or FileKind(row.kind).label, href, newest.size, newest.type.label)


def pieces_of(actor: Actor, edition: LibraryEdition) -> dict[str, list[Piece]]:
    """`sounds` are played on the page, `files` lead away."""
    rows = documents_of(actor, edition.ref)
    return {
        "sounds": [Piece.of(row) for row in rows if row.kind == FileKind.AUDIO],
        "files": [Piece.of(row) for row in rows if row.kind != FileKind.AUDIO],
    }


def sounds_of(actor: Actor, editions: Sequence[LibraryEdition]) -> list[tuple[LibraryEdition, int]]:
    """Each with how many bytes of recordings it has. Two queries, however many."""
    heard: dict[UUID, int] = {}
    rows = documents_of_many(actor, EDITION, [edition.pk for edition in editions]).filter(kind=FileKind.AUDIO)
    for row in rows.prefetch_related("versions"):
        heard[row.subject_id] = heard.get(row.subject_id, 0) + Piece.of(row).size
    return [(edition, heard.get(edition.pk, 0)) for edition in editions]
