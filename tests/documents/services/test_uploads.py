"""Sending a file: in pieces, again, from two windows, over a lost connection."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest

from simpul.audit.models import Act
from simpul.documents import folder
from simpul.documents.models import Upload
from simpul.documents.parts import part_lock
from simpul.documents.queries import upload_for
from simpul.documents.services.uploads import OPEN, begin_upload, cancel_upload, receive_part
from simpul.kernel.actor import Actor, Anonymous, Member
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import NOW, Cast
from tests.factories.documents import MARKER, pdf, send
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


@denies(begin_upload, receive_part, cancel_upload)
@pytest.mark.parametrize("actor", [Anonymous(), Member(None, None)])
def test_who_is_not_signed_in_sends_nothing(cast: Cast, actor: Actor) -> None:
    key = send(cast.budi.actor, pdf())
    for attempt in (
        lambda: begin_upload(actor, key=key, size=10, now=NOW),
        lambda: receive_part(actor, key, offset=0, source=io.BytesIO(b"x"), now=NOW),
        lambda: cancel_upload(actor, key),
    ):
        with pytest.raises(Denied):
            attempt()
    assert upload_for(cast.budi.actor, key).is_whole


@audits(begin_upload, receive_part, cancel_upload)
def test_the_beginning_and_the_giving_up_of_an_upload_are_recorded_and_not_each_part(cast: Cast) -> None:
    key = send(cast.budi.actor, pdf(150_000))
    cancel_upload(cast.budi.actor, key)
    cancel_upload(cast.budi.actor, key)
    acts = Act.objects.filter(act__startswith="documents.").order_by("id")
    assert [(a.act, a.details) for a in acts] == [
        ("documents.begin_upload", {"kilobytes": 150}),
        ("documents.cancel_upload", {}),
    ]


def test_an_upload_is_begun_once_however_often_it_is_asked_for(cast: Cast) -> None:
    key = uuid7()
    one, two = (begin_upload(cast.budi.actor, key=key, size=500, now=NOW) for _ in range(2))
    assert one.pk == two.pk
    assert Act.objects.filter(act="documents.begin_upload").count() == 1
    with pytest.raises(Conflict, match="upload_differs"):
        begin_upload(cast.budi.actor, key=key, size=501, now=NOW)


def test_two_people_with_one_key_have_two_uploads(cast: Cast) -> None:
    key = uuid7()
    budi = begin_upload(cast.budi.actor, key=key, size=500, now=NOW)
    ani = begin_upload(cast.ani.actor, key=key, size=700, now=NOW)
    assert budi.pk != ani.pk
    with pytest.raises(NotFound):
        upload_for(cast.hasan.actor, key)


@pytest.mark.parametrize(("size", "code"), [(0, "file_empty"), (-1, "file_empty"), (50_000_001, "file_size")])
def test_nothing_empty_or_too_large_is_begun(cast: Cast, size: int, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        begin_upload(cast.budi.actor, key=uuid7(), size=size, now=NOW)


def test_a_file_arrives_byte_by_byte(cast: Cast) -> None:
    data, key = pdf(300), uuid7()
    begin_upload(cast.budi.actor, key=key, size=len(data), now=NOW)
    for at in range(len(data)):
        assert receive_part(cast.budi.actor, key, offset=at, source=io.BytesIO(data[at : at + 1]), now=NOW) == at + 1
    assert upload_for(cast.budi.actor, key).is_whole


class Trickle(io.RawIOBase):
    """Gives a byte at a time, and then breaks."""

    def __init__(self, data: bytes) -> None:
        self.left: Iterator[int] = iter(data)

    def read(self, size: int = -1) -> bytes:
        for byte in self.left:
            return bytes((byte,))
        raise ConnectionResetError


def test_what_arrived_before_the_connection_broke_is_kept(cast: Cast) -> None:
    data, key = pdf(100_000), uuid7()
    begin_upload(cast.budi.actor, key=key, size=len(data), now=NOW)
    with pytest.raises(ConnectionResetError):
        receive_part(cast.budi.actor, key, offset=0, source=Trickle(data[:70_001]), now=NOW)
    upload = upload_for(cast.budi.actor, key)
    assert (upload.received, upload.is_whole) == (70_001, False)
    receive_part(cast.budi.actor, key, offset=70_001, source=io.BytesIO(data[70_001:]), now=NOW)
    assert upload_for(cast.budi.actor, key).is_whole


def test_a_part_sent_twice_is_told_where_to_go_on(cast: Cast) -> None:
    data, key = pdf(1000), uuid7()
    begin_upload(cast.budi.actor, key=key, size=len(data), now=NOW)
    receive_part(cast.budi.actor, key, offset=0, source=io.BytesIO(data[:400]), now=NOW)
    for offset in (0, 399, 401):
        with pytest.raises(Conflict, match="upload_offset") as told:
            receive_part(cast.budi.actor, key, offset=offset, source=io.BytesIO(data[offset:]), now=NOW)
        assert told.value.theirs == {"offset": 400}


def test_what_is_sent_beyond_the_end_is_not_taken(cast: Cast) -> None:
    key = uuid7()
    begin_upload(cast.budi.actor, key=key, size=100, now=NOW)
    assert receive_part(cast.budi.actor, key, offset=0, source=io.BytesIO(b"a" * 150), now=NOW) == 100


def test_a_second_window_waits_while_the_first_sends(cast: Cast) -> None:
    key = uuid7()
    upload = begin_upload(cast.budi.actor, key=key, size=100, now=NOW)
    folder.make_room_for(folder.part_path(upload.pk))
    with part_lock(folder.part_path(upload.pk)), pytest.raises(Conflict, match="upload_busy"):
        receive_part(cast.budi.actor, key, offset=0, source=io.BytesIO(b"a" * 100), now=NOW)
    assert upload_for(cast.budi.actor, key).received == 0


def test_what_a_killed_process_left_half_written_is_cut_off(cast: Cast) -> None:
    data, key = pdf(5000), uuid7()
    upload = begin_upload(cast.budi.actor, key=key, size=len(data), now=NOW)
    receive_part(cast.budi.actor, key, offset=0, source=io.BytesIO(data[:2000]), now=NOW)
    with folder.part_path(upload.pk).open("ab") as file:
        file.write(b"half a record")
    receive_part(cast.budi.actor, key, offset=2000, source=io.BytesIO(data[2000:]), now=NOW)
    assert upload_for(cast.budi.actor, key).is_whole


def test_a_file_its_first_bytes_rule_out_is_refused_before_it_is_sent(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    key = uuid7()
    upload = begin_upload(cast.budi.actor, key=key, size=5_000_000, now=NOW)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Invalid, match="file_type"):
        receive_part(cast.budi.actor, key, offset=0, source=io.BytesIO(b"MZ\x90\x00" + b"\x00" * 100_000), now=NOW)
    assert not Upload.objects.filter(pk=upload.pk).exists()
    assert not folder.part_path(upload.pk).exists()


def test_the_plaintext_is_nowhere_on_disk_while_a_file_arrives(cast: Cast) -> None:
    key = uuid7()
    data = pdf(5000)
    begin_upload(cast.budi.actor, key=key, size=len(data), now=NOW)
    receive_part(cast.budi.actor, key, offset=0, source=io.BytesIO(data[:4000]), now=NOW)
    files = [p for p in folder.root().rglob("*") if p.is_file()]
    assert files
    assert [p for p in files if MARKER in p.read_bytes()] == []
    assert {p.stat().st_mode & 0o077 for p in files} == {0}


def test_the_one_longest_untouched_gives_way_when_too_many_wait(cast: Cast) -> None:
    keys = [uuid7() for _ in range(OPEN + 1)]
    for minute, key in enumerate(keys):
        begin_upload(cast.budi.actor, key=key, size=100, now=NOW + timedelta(minutes=minute))
    left = Upload.objects.order_by("touched_at").values_list("sender_key", flat=True)
    assert list(left) == keys[1:]
