"""Dewi moves her Excel into Simpul, page by page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from simpul.interop.limits import MOST_BYTES
from simpul.interop.models import ImportBatch, ImportRow, Outcome, State
from simpul.interop.reading import read_book
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Membership, Organisation
from simpul.web.imports.tasks import move_import_on
from tests.cast import Cast
from tests.factories.imports import checked, sheet

pytestmark = pytest.mark.django_db
HEADS = ("Nama Lembaga", "Jenis", "No HP", "Kode")
GOOD = ("Yayasan Baru Sekali", "Yayasan", "081234567890", "7")
WRONG = ("Tanpa Jenis", "", "", "")
TWIN = ("Pusat Riset Contoh", "Yayasan", "0376 21234", "")


@pytest.fixture
def dewi(cast: Cast) -> Client:
    return cast.dewi.client()


def send(browser: Client, cast: Cast, data: bytes, *, name: str = "anggota.xlsx", key: str = "") -> HttpResponse:
    file = SimpleUploadedFile(name, data)
    sent = {"key": key or str(uuid7()), "home": str(cast.network.pk), "file": file}
    return browser.post("/impor/organisations/baru/", sent)


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


def test_a_sheet_becomes_members_and_is_taken_back(cast: Cast, dewi: Client) -> None:
    before = Organisation.objects.count()
    answer = send(dewi, cast, sheet(HEADS, GOOD, WRONG, TWIN))
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == f"/impor/{batch.pk}/kolom/"
    assert "Yayasan Baru Sekali" in text_of(dewi.get(answer.headers["Location"]))
    named = {"kolom-0": "name", "kolom-1": "kind", "kolom-2": "phone", "kolom-3": "", "default_kind": ""}
    dewi.post(f"/impor/{batch.pk}/kolom/", named)
    double = ImportRow.objects.get(batch=batch, state="alike")
    assert "Pusat Riset Contoh" in text_of(dewi.get(f"/impor/{batch.pk}/kembar/"))
    dewi.post(f"/impor/{batch.pk}/kembar/{double.pk}/", {"decision": "merge", "into": str(cast.support.ref)})
    assert Organisation.objects.count() == before
    dewi.post(f"/impor/{batch.pk}/simpan/")
    assert Membership.objects.filter(network=cast.network, member__name="Yayasan Baru Sekali").exists()
    assert "Pusat Riset Contoh" in text_of(dewi.get(f"/impor/{batch.pk}/"))
    dewi.post(f"/impor/{batch.pk}/urungkan/")
    batch.refresh_from_db()
    assert (batch.state, Organisation.objects.count()) == (State.UNDONE, before)
    assert not Membership.objects.filter(network=cast.network, member=cast.support, superseded_at=None).exists()


def test_a_wrong_row_says_in_which_cell_and_is_mended_in_place(cast: Cast, dewi: Client) -> None:
    batch = checked(cast.dewi.actor, HEADS, GOOD, WRONG, organisation_id=cast.network.pk)
    wrong = ImportRow.objects.get(batch=batch, state="faulty")
    page = dewi.get(f"/impor/{batch.pk}/baris/{wrong.pk}/")
    assert 'id="id_kolom-1_error"' in page.content.decode()
    answer = dewi.post(f"/impor/{batch.pk}/baris/{wrong.pk}/", {"kolom-0": "Tanpa Jenis", "kolom-1": "entah"})
    assert answer.status_code == 422
    assert 'value="entah"' in answer.content.decode()
    answer = dewi.post(f"/impor/{batch.pk}/baris/{wrong.pk}/", {"kolom-0": "Tanpa Jenis", "kolom-1": "LSM"})
    wrong.refresh_from_db()
    assert (answer.status_code, wrong.state) == (302, "ready")


def test_the_list_of_what_is_wrong_names_row_and_column(cast: Cast, dewi: Client) -> None:
    batch = checked(cast.dewi.actor, HEADS, WRONG, ("Yayasan A", "Yayasan", "abc", ""), organisation_id=cast.network.pk)
    [sheet_] = read_book(dewi.get(f"/impor/{batch.pk}/salah.xlsx").content).sheets
    assert [line.cells[0] for line in sheet_.lines[1:]] == [2, 3]
    assert [line.cells[2] for line in sheet_.lines[1:]] == [None, "abc"]
    assert str(sheet_.lines[2].cells[1]).startswith("C · ")


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"PK\x03\x04...", b"x" * (MOST_BYTES + 1), b"Nama\n", b"\n".join([b"a;b"] * 200_000)]
)
def test_what_can_not_be_read_is_told_and_leaves_nothing(cast: Cast, dewi: Client, data: bytes) -> None:
    answer = send(dewi, cast, data)
    assert answer.status_code == 422
    assert 'href="#id_file"' in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_an_upload_never_touches_the_disk(cast: Cast, dewi: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object, **kwargs: object) -> Iterator[None]:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", forbidden)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", forbidden)
    rows = [(f"Yayasan {n}", "Yayasan", "", "x" * 3_000) for n in range(1_500)]
    csv = "\n".join(";".join(row) for row in (HEADS, *rows)).encode()
    assert len(csv) > 4_000_000
    assert send(dewi, cast, csv).status_code == 302


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    browser = cast.dewi.client()
    browser.handler.enforce_csrf_checks = True
    assert send(browser, cast, sheet(HEADS, GOOD)).status_code == 403
    assert not ImportBatch.objects.exists()


def test_a_form_sent_twice_is_one_import(cast: Cast, dewi: Client) -> None:
    key, file = str(uuid7()), sheet(HEADS, GOOD)  # made once: a workbook holds the second in which it was written
    first, second = (send(dewi, cast, file, key=key) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert ImportBatch.objects.count() == 1


def test_the_same_file_leads_to_its_earlier_import(cast: Cast, dewi: Client) -> None:
    data = sheet(HEADS, GOOD)
    first = send(dewi, cast, data).headers["Location"]
    page = dewi.get(send(dewi, cast, data).headers["Location"])
    assert first.removesuffix("kolom/") in page.content.decode()


def test_somebody_elses_network_is_no_home(cast: Cast, dewi: Client) -> None:
    sent = {"key": str(uuid7()), "home": str(cast.forum.pk), "file": SimpleUploadedFile("a.xlsx", sheet(HEADS, GOOD))}
    assert dewi.post("/impor/organisations/baru/", sent).status_code == 422


def test_many_rows_are_checked_and_entered_by_the_worker(
    cast: Cast, dewi: Client, settings: LazySettings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    names = [f"Yayasan {a}{b} Contoh" for a in ["Bintang", "Bulan", "Cahaya", "Damai", "Embun"] for b in "abcdefghijkl"]
    rows = [(f"{name} {n}", "Yayasan", "", "") for n, name in enumerate(names * 9)]
    send(dewi, cast, sheet(HEADS, *rows))
    batch = ImportBatch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        dewi.post(f"/impor/{batch.pk}/kolom/", {"kolom-0": "name", "kolom-1": "kind"})
    dewi.post(f"/impor/{batch.pk}/kembar/semua/", {"decision": "skip"})
    with django_capture_on_commit_callbacks(execute=True):
        dewi.post(f"/impor/{batch.pk}/simpan/")
    batch.refresh_from_db()
    assert batch.state == State.DONE
    written = ImportRow.objects.filter(batch=batch, outcome=Outcome.WRITTEN).count()
    assert Membership.objects.filter(network=cast.network).count() == written + 1
    with django_capture_on_commit_callbacks(execute=True):
        dewi.post(f"/impor/{batch.pk}/urungkan/")
    batch.refresh_from_db()
    assert (batch.state, Membership.objects.filter(network=cast.network).count()) == (State.UNDONE, 1)


def test_while_the_worker_is_at_it_the_page_says_how_far_and_looks_again(cast: Cast, dewi: Client) -> None:
    batch = checked(cast.dewi.actor, HEADS, GOOD, organisation_id=cast.network.pk)
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.APPLYING)
    move_import_on.enqueue(str(batch.pk), str(batch.imported_by), "id")
    page = dewi.get(f"/impor/{batch.pk}/")
    assert (page.status_code, page.headers["Refresh"]) == (200, "3")
    assert "Prosesnya berhenti" not in text_of(page)
    assert dewi.post(f"/impor/{batch.pk}/").status_code == 302


@pytest.mark.parametrize(
    ("error", "words"), [("NoRoom", "Tidak ada tempat lagi di server"), ("ValueError", "Prosesnya berhenti")]
)
def test_what_has_stopped_says_so_and_is_set_going_again(cast: Cast, dewi: Client, error: str, words: str) -> None:
    batch = checked(cast.dewi.actor, HEADS, GOOD, organisation_id=cast.network.pk)
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.APPLYING)
    assert "Prosesnya berhenti" in text_of(dewi.get(f"/impor/{batch.pk}/")), "nobody was ever at it"
    move_import_on.enqueue(str(batch.pk), str(batch.imported_by), "id")
    DBTaskResult.objects.update(status="FAILED", exception_class_path=f"somewhere.{error}")
    page = dewi.get(f"/impor/{batch.pk}/")
    assert "Refresh" not in page.headers
    assert words in text_of(page)
    assert "Jalankan lagi" in text_of(page)


def test_a_file_that_broke_off_long_ago_is_thrown_away_and_sent_again(cast: Cast, dewi: Client) -> None:
    batch = checked(cast.dewi.actor, HEADS, GOOD, organisation_id=cast.network.pk)
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.RECEIVING)
    page = dewi.get(f"/impor/{batch.pk}/")
    assert f'href="/impor/{batch.pk}/buang/"' in page.content.decode()
    ImportBatch.objects.filter(pk=batch.pk).update(received_at=datetime.now(UTC))
    assert dewi.get(f"/impor/{batch.pk}/").headers["Refresh"] == "3"


def test_another_file_by_the_same_form_is_another_import(cast: Cast, dewi: Client) -> None:
    key = str(uuid7())
    first, second = (send(dewi, cast, sheet(HEADS, row), key=key) for row in (GOOD, WRONG))
    assert first.headers["Location"] != second.headers["Location"]
    assert ImportBatch.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "bukan"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "xlsx"),
        (b"Nama\x01\x02;Satu", "rusak"),
        (b"\n".join([b"a;b"] * 200_000), "50.000"),
    ],
)
def test_what_can_not_be_read_says_what_it_is_in_words(cast: Cast, dewi: Client, data: bytes, words: str) -> None:
    page = text_of(send(dewi, cast, data)).casefold()
    assert words in page


def test_the_example_is_itself_a_file_that_can_be_imported(cast: Cast, dewi: Client) -> None:
    example = dewi.get("/impor/organisations/contoh.xlsx").content
    send(dewi, cast, example)
    batch = ImportBatch.objects.get()
    assert len(batch.places) > 20


def test_the_rows_are_never_kept_by_the_browser(cast: Cast, dewi: Client) -> None:
    batch = checked(cast.dewi.actor, HEADS, GOOD, organisation_id=cast.network.pk)
    for path in (f"/impor/{batch.pk}/", f"/impor/{batch.pk}/kolom/", f"/impor/{batch.pk}/salah.xlsx"):
        assert dewi.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", [1, 3])
def test_the_review_asks_as_much_for_three_rows_as_for_one(
    cast: Cast, dewi: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    rows = [(f"Yayasan {name}", "Yayasan", "", "") for name in ("Kuda", "Macan", "Rusa")[:number]]
    batch = checked(cast.dewi.actor, HEADS, *rows, organisation_id=cast.network.pk)
    dewi.get(f"/impor/{batch.pk}/")
    with django_assert_max_num_queries(12):
        dewi.get(f"/impor/{batch.pk}/")
