"""A process killed in each step of sending and keeping a file: nothing is half-written, and all can be done again."""

import io
import os
from datetime import timedelta

import pytest

from simpul.documents import folder
from simpul.documents.models import Document, Upload, Version
from simpul.documents.queries import files_without_row, opened, rows_without_file, upload_for, version_for
from simpul.documents.services.keeping import add_document
from simpul.documents.services.tidying import expire_uploads, sweep_files
from simpul.documents.services.uploads import begin_upload, receive_part
from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7
from tests.cast import Cast, Stage
from tests.documents.full import no_room
from tests.documents.rival import GIVEN, NOW
from tests.factories.documents import MARKER, pdf, send
from tests.racing import at_once
from tests.rivals import at_one_moment, rivals

pytestmark = [pytest.mark.racing, pytest.mark.process]
ACTOR = System("rival")


@pytest.fixture
def played(raced: None, stage: Stage) -> Cast:
    return stage.set_up()


def test_what_arrived_before_a_process_was_killed_is_gone_on_with(played: Cast) -> None:
    data, key = pdf(5_000_000), uuid7()
    begin_upload(ACTOR, key=key, size=len(data), now=NOW)
    with rivals("tests.documents.rival", 1) as (rival,):
        assert at_one_moment({rival: {"act": "receive", "key": str(key)}}) == [""]
    arrived = upload_for(ACTOR, key).received
    assert GIVEN - 2_000_000 < arrived <= GIVEN
    receive_part(ACTOR, key, offset=arrived, source=io.BytesIO(data[arrived:]), now=NOW)
    assert upload_for(ACTOR, key).is_whole


@pytest.mark.parametrize(("dies", "kept"), [("while writing", False), ("before commit", False), ("after commit", True)])
def test_keeping_a_file_happens_whole_or_not_at_all(played: Cast, dies: str, *, kept: bool) -> None:
    data, document = pdf(1_500_000), uuid7()
    key = send(ACTOR, data, now=NOW)
    order = {"act": "keep", "key": str(key), "organisation": str(played.lentera.pk), "document": str(document)}
    with rivals("tests.documents.rival", 1) as (rival,):
        assert at_one_moment({rival: {**order, "dies": dies}}) == [""]
    assert Document.objects.filter(pk=document).exists() is kept
    assert list(rows_without_file()) == []
    words = {"title": "Akta", "kind": "deed", "audience": "own", "now": NOW}
    add_document(ACTOR, played.lentera.ref, id=document, upload=key, **words)
    assert b"".join(opened(version_for(ACTOR, document)).pieces()) == data
    assert Version.objects.count() == 1
    _tidy()
    assert list(files_without_row()) == []


def _tidy() -> None:
    """A day later."""
    for path in folder.root().rglob("*"):
        if path.is_file():
            then = (NOW - timedelta(hours=1)).timestamp()
            os.utime(path, (then, then))
    expire_uploads(ACTOR, now=NOW + timedelta(days=2))
    sweep_files(ACTOR, now=NOW + timedelta(days=2))


def test_a_file_that_finds_no_room_leaves_nothing_and_is_kept_once_there_is(played: Cast) -> None:
    data, document = pdf(300_000), uuid7()
    key = send(ACTOR, data, now=NOW)
    words = {"title": "Akta", "kind": "deed", "audience": "own", "now": NOW}
    before = {p for p in folder.root().rglob("*") if p.is_file()}
    with no_room(), pytest.raises(OSError, match="File too large"):
        add_document(ACTOR, played.lentera.ref, id=document, upload=key, **words)
    assert {p for p in folder.root().rglob("*") if p.is_file()} == before
    assert Upload.objects.get().is_whole
    assert not Document.objects.exists()
    add_document(ACTOR, played.lentera.ref, id=document, upload=key, **words)
    assert b"".join(opened(version_for(ACTOR, document)).pieces()) == data


def test_two_windows_that_send_the_same_part_make_one_file(played: Cast) -> None:
    data, key = pdf(400_000), uuid7()
    begin_upload(ACTOR, key=key, size=len(data), now=NOW)

    def sends() -> object:
        return receive_part(ACTOR, key, offset=0, source=io.BytesIO(data), now=NOW)

    answers = at_once(sends, sends, sends)
    assert [a for a in answers if a == len(data)] == [len(data)]
    assert {getattr(a, "code", "") for a in answers if a != len(data)} <= {"upload_busy", "upload_offset"}
    document = uuid7()
    words = {"title": "Akta", "kind": "deed", "audience": "own", "now": NOW}

    def keeps() -> object:
        return add_document(ACTOR, played.lentera.ref, id=document, upload=key, **words).pk

    kept = at_once(keeps, keeps)
    assert document in kept
    assert b"".join(opened(version_for(ACTOR, document)).pieces()) == data
    assert Version.objects.count() == 1
    assert MARKER not in b"".join(p.read_bytes() for p in folder.root().rglob("*") if p.is_file())


def test_two_who_keep_the_same_file_at_once_keep_it_once(played: Cast) -> None:
    data = pdf(50_000)
    keys = [send(ACTOR, data, now=NOW) for _ in range(2)]
    words = {"title": "Akta", "kind": "deed", "audience": "own", "now": NOW}

    def keeps(key: object) -> object:
        return lambda: add_document(ACTOR, played.lentera.ref, id=uuid7(), upload=key, **words).pk

    answers = at_once(*(keeps(key) for key in keys))
    assert [getattr(a, "code", "") for a in answers].count("same_file") == 1
    assert Document.objects.count() == 1
