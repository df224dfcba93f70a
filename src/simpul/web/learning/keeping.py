"""What a phone keeps of the library, and what it costs to fetch."""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from simpul.activities.library_kinds import FileKind, Readers
from simpul.activities.models import LibraryItem
from simpul.activities.queries.library import items_for
from simpul.documents.models import Document
from simpul.kernel.actor import Anonymous
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
        """`row` with its `versions` at hand, the newest first."""
        newest = row.versions.all()[0]
        title = row.title.open() if row.title else ""
        href = f"{reverse('documents:file', args=[row.pk])}?versi={newest.number}"
        return cls(title or FileKind(row.kind).label, href, newest.size, newest.type.label)
