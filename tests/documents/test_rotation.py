"""Keys are rotated without touching a file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from simpul.documents import folder
from simpul.documents.models import Version
from simpul.documents.queries import opened, version_for
from simpul.documents.sealing import Part
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict
from simpul.vault.ringfile import current_ring
from simpul.vault.services.rotation import rotate_keys
from tests.factories.documents import make_document, pdf
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
ACTOR = System("tests")


def test_a_rotation_reseals_the_data_key_and_leaves_the_file_as_it_lies(own_folder: Path) -> None:
    home = make_organisation(name="Yayasan Contoh")
    document = make_document(ACTOR, home.ref, pdf())
    before, path = current_ring().current, folder.file_path(Version.objects.get().file_id, Part.FILE)
    lay = path.read_bytes()
    rotate_keys(ACTOR, now=datetime.now(UTC))
    version = version_for(ACTOR, document.pk)
    assert version.key.stored.split(".")[1] == current_ring().current != before
    assert path.read_bytes() == lay
    assert b"".join(opened(version).pieces()) == pdf()
    with pytest.raises(Conflict, match="same_file"):
        make_document(ACTOR, home.ref, pdf())
