"""The library as programs read it."""

import pytest
from django.test import Client

from tests.factories.library import add_recording, make_item

pytestmark = pytest.mark.django_db


def test_an_edition_tells_of_its_recordings_and_what_they_weigh() -> None:
    item = make_item(None, "id", "sas")
    kept = add_recording(item)
    told = Client().get(f"/api/v1/library/{item.pk}/editions/id").json()
    size = told["files"][0]["size"]
    assert told["files"] == [
        {"id": str(kept.pk), "kind": "audio", "title": "Dibacakan", "media": "audio/ogg", "size": size}
    ]
    assert size > 30_000
    part = Client().get(f"/api/v1/documents/{kept.pk}/file", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 0-3/{size}")
    assert Client().get(f"/api/v1/library/{item.pk}/editions/sas").json()["files"] == []
