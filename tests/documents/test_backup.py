"""A backup carries files as they lie, and nothing that is still on its way."""

import pytest

from simpul.config.backup.files import stored_files
from simpul.documents import folder
from simpul.documents.models import Version
from simpul.documents.sealing import Part
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.documents import make_document, pdf, picture, send

pytestmark = pytest.mark.django_db


def test_a_backup_carries_sealed_files_and_no_upload(cast: Cast) -> None:
    make_document(cast.budi.actor, cast.lentera.ref, picture())
    send(cast.budi.actor, pdf(marker=uuid7().bytes))
    half_written = folder.file_path(uuid7(), Part.FILE)
    folder.make_room_for(half_written)
    half_written.with_name(f".{half_written.name}").write_bytes(b"x")
    file_id = Version.objects.get().file_id
    assert [path for _name, path in stored_files()] == sorted(folder.file_path(file_id, part) for part in Part)
