"""The library for tests."""

from datetime import UTC, date, datetime
from typing import Any

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import FileKind, ItemKind, Readers
from simpul.activities.models import LibraryItem, LibraryReading
from simpul.activities.services.library import add_item, note_reading, publish_item, write_edition
from simpul.demo.story.library import SOUNDS
from simpul.documents.models import Document
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from tests.factories.documents import make_document
from tests.factories.organisations import SYSTEM, make_organisation

NOW = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)
TITLE = LocalizedText(id="Tugas dan fungsi divisi", en="What each division does")
TEXT = "# Divisi Pengaduan\n\nMenerima siapa pun.\n- mendengar dulu\n- mencatat seperlunya\n\nTidak ada <b>nama</b>."


def item_said(**more: Any) -> dict[str, Any]:
    return {
        "kind": ItemKind.HANDBOOK,
        "title": TITLE,
        "readers": Readers.VILLAGE_GROUPS,
        "visibility": Visibility.PUBLIC,
        **more,
    }


def make_item(
    owner: Organisation | None = None, *languages: str, published: bool = True, text: str = TEXT, **more: Any
) -> LibraryItem:
    item = add_item(SYSTEM, owner or make_organisation(), now=NOW, **item_said(**more))
    for language in languages or ("id",):
        write_edition(SYSTEM, item, language=language, text=text, now=NOW)
    return publish_item(SYSTEM, item, now=NOW) if published else item


def add_recording(item: LibraryItem, language: str = "id") -> Document:
    """One that browsers play, of half a minute."""
    edition = item.editions.get(language=language)
    sound = (SOUNDS / "buku-saku.id.ogg").read_bytes()
    return make_document(SYSTEM, edition.ref, sound, title="Dibacakan", kind=FileKind.AUDIO, now=NOW)


def have_read(item: LibraryItem, group: Organisation, **more: Any) -> LibraryReading:
    given = {"language": "id", "read_on": date(2025, 6, 19), **more}
    return note_reading(SYSTEM, item, organisation=group, now=NOW, **given)
