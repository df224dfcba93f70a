"""A file as it leaves."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from simpul.audit.models import Act
from simpul.documents.folder import file_path
from simpul.documents.policies import Policy, registered
from simpul.documents.rules import NOTHING
from simpul.documents.sealing import CHUNK, Part
from simpul.documents.services.keeping import read_document, replace_document
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.organisations.rules.papers import POLICY
from simpul.vault.errors import Tampered
from tests.cast import Cast
from tests.factories.documents import make_document, pdf, picture, send, varied_pdf
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_pdf_is_an_attachment_that_nothing_runs(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref, pdf(), title="AD/ART “Léntera” 2024")
    answer = Client().get(f"/berkas/{document.pk}/", HTTP_ACCEPT_ENCODING="gzip")
    assert {name: answer.headers[name] for name in ("Content-Type", "Content-Length", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Length": "3000",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ad-art-lentera-2024.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert body(answer) == pdf()


def test_what_is_not_public_is_never_stored_by_a_browser(cast: Cast) -> None:
    readers = {"public": (Client(), "no-cache, private"), "own": (cast.budi.client(), "no-store")}
    for audience, (browser, kept) in readers.items():
        document = make_document(cast.budi.actor, cast.lentera.ref, audience=audience)
        answer = browser.get(f"/berkas/{document.pk}/")
        assert answer.headers["Cache-Control"] == kept


def test_what_a_browser_has_already_is_not_sent_again(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    mark = Client().get(f"/berkas/{document.pk}/").headers["ETag"]
    assert Client().get(f"/berkas/{document.pk}/", HTTP_IF_NONE_MATCH=mark).status_code == 304


@pytest.mark.parametrize(
    ("asked", "status", "start", "until"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=65530-65545", 206, 65530, 65546),
        ("bytes=199000-", 206, 199_000, 200_000),
        ("bytes=199000-999999", 206, 199_000, 200_000),
        ("bytes=5-2", 200, 0, 200_000),
        ("bytes=0-", 206, 0, 200_000),
        ("bytes=-5", 206, 199_995, 200_000),
        ("bytes=0-1,5-9", 200, 0, 200_000),
        ("lines=0-9", 200, 0, 200_000),
    ],
)
def test_a_part_of_a_file_is_sent_where_it_is_asked_for(
    cast: Cast, asked: str, status: int, start: int, until: int
) -> None:
    data = varied_pdf(200_000)
    document = make_document(cast.budi.actor, cast.lentera.ref, data)
    answer = Client().get(f"/berkas/{document.pk}/", HTTP_RANGE=asked)
    assert (answer.status_code, answer.headers["Content-Length"]) == (status, str(until - start))
    assert body(answer) == data[start:until]
    assert answer.headers["Accept-Ranges"] == "bytes"
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {start}-{until - 1}/200000"


def test_a_part_beyond_the_end_does_not_exist(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    answer = Client().get(f"/berkas/{document.pk}/", HTTP_RANGE="bytes=3000-")
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */3000")


@pytest.mark.parametrize("audience", ["public", "own"])
def test_a_file_that_broke_off_is_taken_up_and_the_next_version_from_its_beginning(cast: Cast, audience: str) -> None:
    data, budi = varied_pdf(200_000), cast.budi.client()
    document = make_document(cast.budi.actor, cast.lentera.ref, data, audience=audience)
    path = f"/berkas/{document.pk}/"
    first = budi.get(path)
    arrived = next(iter(first.streaming_content))
    going_on = {"HTTP_RANGE": f"bytes={len(arrived)}-", "HTTP_IF_RANGE": first.headers["ETag"]}
    rest = budi.get(path, **going_on)
    assert (rest.status_code, arrived + body(rest)) == (206, data)
    replace_document(
        cast.budi.actor, document, id=uuid7(), upload=send(cast.budi.actor, pdf(150_000)), now=datetime.now(UTC)
    )
    again = budi.get(path, **going_on)
    assert (again.status_code, body(again)) == (200, pdf(150_000))


def test_of_a_part_only_the_blocks_are_opened_that_hold_it(cast: Cast) -> None:
    data = varied_pdf(3 * CHUNK)
    document = make_document(cast.budi.actor, cast.lentera.ref, data)
    sealed = file_path(document.versions.get().file_id, Part.FILE)
    whole = bytearray(sealed.read_bytes())
    whole[100] ^= 1  # in the first block
    sealed.write_bytes(whole)
    path, second = f"/berkas/{document.pk}/", range(CHUNK + 10, 2 * CHUNK)
    answer = Client().get(path, HTTP_RANGE=f"bytes={second.start}-{second.stop - 1}")
    assert body(answer) == data[second.start : second.stop]
    with pytest.raises(Tampered):
        body(Client().get(path, HTTP_RANGE=f"bytes={CHUNK - 1}-{CHUNK}"))


def test_who_asks_for_the_headers_opens_nothing(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref)
    file_path(document.versions.get().file_id, Part.FILE).unlink()
    answer = Client().head(f"/berkas/{document.pk}/", HTTP_RANGE="bytes=0-9")
    named = {name: answer.headers[name] for name in ("Content-Length", "Accept-Ranges", "Content-Type")}
    assert named == {"Content-Length": "3000", "Accept-Ranges": "bytes", "Content-Type": "application/pdf"}
    assert (answer.status_code, answer.content, "ETag" in answer.headers) == (200, b"", True)


def test_pictures_are_shown_in_place_with_a_small_one(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref, picture("PNG"), title="Plakat")
    whole, small = Client().get(f"/berkas/{document.pk}/"), Client().get(f"/berkas/{document.pk}/pratinjau/")
    assert (whole.headers["Content-Type"], small.headers["Content-Type"]) == ("image/png", "image/jpeg")
    assert whole.headers["Content-Disposition"] == 'inline; filename="plakat.png"'
    assert body(small).startswith(b"\xff\xd8\xff")


CASE = RecordRef("cases.case", uuid7())
CONFIDENTIAL = Policy(
    kinds={"visum": "Visum"},
    audiences={"own": "own"},
    visible=lambda actor: NOTHING if actor.user_id is None else ~NOTHING,
    authorise=lambda actor, ref: ref.uuid,
    confidential=True,
)


@audits(read_document)
def test_each_reading_of_what_is_confidential_is_recorded_and_nothing_is_shown_in_place(cast: Cast) -> None:
    with registered("cases.case", CONFIDENTIAL):
        document = make_document(cast.budi.actor, CASE, picture(), kind="visum", audience="own")
        browser = cast.budi.client()
        answer = browser.get(f"/berkas/{document.pk}/")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "no-store"
        assert browser.get(f"/berkas/{document.pk}/pratinjau/").status_code == 404
        assert Client().get(f"/berkas/{document.pk}/").status_code == 404
    read = Act.objects.filter(act="documents.read_document")
    assert [(a.ref_id, a.details) for a in read] == [(document.pk, {"number": 1})]


@denies(read_document)
def test_what_is_out_of_sight_is_not_read(cast: Cast) -> None:
    document = make_document(cast.budi.actor, cast.lentera.ref, audience="own")
    for who in (cast.hasan, cast.publik):
        with pytest.raises(NotFound):
            read_document(who.actor, document.pk)
    assert POLICY.confidential is False
