"""The files of an item in a language, as programs are told of them."""

from uuid import UUID

from pydantic import Field

from simpul.activities.library_kinds import FileKind
from simpul.activities.models import LibraryEdition
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.documents.queries import documents_of
from simpul.kernel.actor import Actor


class EditionFile(Shape):
    """A recording, or something to print. Its bytes are those of the document of this id."""

    id: UUID
    kind: FileKind
    title: str
    media: str = Field(examples=["audio/ogg"])
    size: int = Field(description=prose("Bytes."))


def files_of(actor: Actor, edition: LibraryEdition) -> list[EditionFile]:
    """Two queries. Those that the actor may open."""
    found = []
    for row in documents_of(actor, edition.ref):
        newest = max(row.versions.all(), key=lambda version: version.number)
        title = row.title.open() if row.title else ""
        kind = FileKind(row.kind)
        found.append(EditionFile(id=row.pk, kind=kind, title=title, media=newest.media, size=newest.size))
    return found
