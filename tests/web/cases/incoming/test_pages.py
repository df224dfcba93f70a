"""Budi brings in what the volunteers wrote down in KoboCollect, page by page; nobody else learns that he does."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from simpul.access.services import create_personal_token
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.audit.models import Act
from simpul.cases.models import Case
from simpul.interop.models import ImportBatch, ImportRow, RowState, State
from simpul.interop.queries import strange_words
from simpul.interop.reading import read_book
from simpul.interop.services.looking import look_at_import
from simpul.kernel.ids import uuid7
from simpul.notices.models import Notice
from tests.cast import Cast
from tests.factories.kobo import checked, csv_of, entered, place, submission, table, workbook
from tests.marks import audits

pytestmark = pytest.mark.django_db
NAME, NIK, STORY = "Inaq Zqrahasia", "9903995201640077", "Zqcerita yang tidak boleh bocor"


@pytest.fixture(autouse=True)
def _district(cast: Cast) -> None:
    place()


@pytest.fixture
def budi(cast: Cast) -> Client:
    return cast.budi.client()


def send(browser: Client, cast: Cast, data: bytes, name: str = "Zqberkas kasus.xlsx") -> HttpResponse:
    sent = {"key": str(uuid7()), "home": str(cast.lentera.pk), "file": SimpleUploadedFile(name, data)}
    return browser.post("/impor/cases/baru/", sent)


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]))


def planted() -> bytes:
    return workbook(Laporan=table(submission(nama=NAME, nik=NIK, kronologi=STORY, jenis_kasus="kekerasan_fisik")))


def guessed(batch: ImportBatch) -> dict[str, str]:
    batch.refresh_from_db()
    return {f"kolom-{n}": name for n, name in batch.mapping.items()} | {"default_channel": ""}


def walked(browser: Client, cast: Cast, data: bytes) -> ImportBatch:
    """From the file to the case."""
    send(browser, cast, data)
    batch = ImportBatch.objects.latest("received_at")
    browser.post(f"/impor/{batch.pk}/kolom/", guessed(batch))
    browser.post(f"/impor/{batch.pk}/simpan/")
    batch.refresh_from_db()
    return batch


def test_reports_become_cases_and_go_again(cast: Cast, budi: Client) -> None:
    assert "/impor/cases/baru/" in budi.get("/kasus/").content.decode()
    answer = send(budi, cast, workbook(Laporan=table(submission(), submission("dua", jenis_kasus="entah", nama="X Y"))))
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == f"/impor/{batch.pk}/kolom/"
    assert "terlapor" in text_of(budi.get(answer.headers["Location"])), "it says what is not read"
    budi.post(f"/impor/{batch.pk}/kolom/", guessed(batch))
    assert f"/impor/{batch.pk}/kata/" in budi.get(f"/impor/{batch.pk}/").content.decode()
    [strange] = strange_words(batch)
    page = budi.get(f"/impor/{batch.pk}/kata/")
    assert "entah" in text_of(page)
    assert budi.post(f"/impor/{batch.pk}/kata/", {}).status_code == 422
    assert budi.post(f"/impor/{batch.pk}/kata/", {f"kata-types-{strange.digest}": "BS.1"}).status_code == 302
    assert "Semua kata" in text_of(budi.get(f"/impor/{batch.pk}/kata/"))
    budi.post(f"/impor/{batch.pk}/simpan/")
    codes = list(Case.objects.values_list("code", flat=True))
    result = text_of(budi.get(f"/impor/{batch.pk}/"))
    assert len(codes) == 2
    assert all(code in result for code in codes)
    budi.post(f"/impor/{batch.pk}/urungkan/")
    batch.refresh_from_db()
    assert (batch.state, Case.objects.count()) == (State.UNDONE, 0)


@audits(look_at_import)
def test_every_page_is_confidential_and_leads_nowhere_else(cast: Cast, budi: Client) -> None:
    batch = checked(cast, submission(), submission("dua", umur="entah"), submission("tiga", jenis_kasus="apa ini"))
    wrong = ImportRow.objects.filter(batch=batch, state=RowState.FAULTY)[0]
    parts = ("", "kolom/", "tabel/", "kata/", "kembar/", "simpan/", "buang/", f"baris/{wrong.pk}/")
    for path in ("/impor/cases/baru/", "/impor/", *(f"/impor/{batch.pk}/{part}" for part in parts)):
        page = budi.get(path)
        words = page.content.decode()
        assert 'class="confidential' in words, path
        assert "wa.me" not in words, path
        assert page.headers["Cache-Control"] == "no-store", path
        title = re.search(r"<title>([^<]*)", words)
        assert title, path
        assert "ekspor" not in title[1], path
    looks = Act.objects.filter(act="interop.look_at_import", ref_id=batch.pk)
    assert looks.count() == len(parts), "every page that shows it is noted"


def test_no_merging_is_offered_and_the_case_beside_a_row_has_no_name(cast: Cast, budi: Client) -> None:
    entered(cast, submission(nama=NAME, umur=61))
    batch = checked(cast, submission("lain", nama=NAME, umur=61))
    case = Case.objects.get()
    words = budi.get(f"/impor/{batch.pk}/kembar/").content.decode()
    assert 'value="merge"' not in words
    assert words.count(NAME) == 2, "in the row's own heading and column; of the case only where to look"
    assert f"/kasus/{case.pk}/" in words
    row = ImportRow.objects.get(batch=batch, state=RowState.ALIKE)
    assert budi.post(f"/impor/{batch.pk}/kembar/{row.pk}/", {"decision": "merge"}).status_code == 422
    assert budi.post(f"/impor/{batch.pk}/kembar/{row.pk}/", {"decision": "skip"}).status_code == 302


def test_the_list_of_what_is_wrong_holds_no_word_of_a_row(cast: Cast, budi: Client) -> None:
    batch = checked(cast, submission(nama=NAME, umur="Zqcerita"))
    [sheet] = read_book(budi.get(f"/impor/{batch.pk}/salah.xlsx").content).sheets
    [_heads, line] = sheet.lines
    assert line.cells[0] == 2
    assert "Zqcerita" not in str(line.cells)


def test_what_was_late_is_said_on_the_page(cast: Cast, budi: Client) -> None:
    old = submission(jenis_kasus="kekerasan_seksual", submission_time="2024-06-01T01:00:00")
    batch = walked(budi, cast, csv_of(old))
    assert "tenggat menurut hukum sudah lewat" in text_of(budi.get(f"/impor/{batch.pk}/"))
    [notice] = Notice.objects.filter(about_id=batch.pk)
    assert notice.kind == "cases.entered_late"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04...", b"\xff\xfe\x00", b"_uuid;nama\n"])
def test_a_file_that_can_not_be_read_is_told_and_leaves_nothing(cast: Cast, budi: Client, data: bytes) -> None:
    answer = send(budi, cast, data)
    assert answer.status_code == 422
    assert not ImportBatch.objects.exists()


def test_a_file_without_numbers_or_consent_says_which_column_is_missing(cast: Cast, budi: Client) -> None:
    send(budi, cast, b"nama;desa\nInaq;Lentera Jati\n")
    batch = ImportBatch.objects.get()
    answer = budi.post(f"/impor/{batch.pk}/kolom/", guessed(batch))
    assert answer.status_code == 422
    assert "_uuid" in text_of(answer)


def test_the_example_is_itself_a_file_that_comes_in(cast: Cast, budi: Client) -> None:
    batch = walked(budi, cast, budi.get("/impor/cases/contoh.xlsx").content)
    assert (batch.state, Case.objects.count()) == (State.DONE, 1)


def test_english_heads_of_the_example_come_in_too(cast: Cast, budi: Client) -> None:
    budi.cookies["bahasa"] = "en"
    assert walked(budi, cast, budi.get("/impor/cases/contoh.xlsx").content).state == State.DONE


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_as_much_for_three_reports_as_for_one(
    cast: Cast, budi: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    rows = [submission(f"n{n}", nama=name) for n, name in enumerate(("Kuda", "Macan", "Rusa")[:number])]
    done = entered(cast, *rows, now=datetime.now(UTC))
    more = [submission(f"m{n}", nama=name) for n, name in enumerate(("Kuda", "Macan", "Rusa")[:number])]
    batch = checked(cast, *more, now=datetime.now(UTC))
    budi.get("/impor/")
    for path in (f"/impor/{done.pk}/", f"/impor/{batch.pk}/", f"/impor/{batch.pk}/kembar/"):
        with django_assert_max_num_queries(12):
            assert budi.get(path).status_code == 200


# Leaks


class Ears(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.getMessage()} {record.__dict__} {record.exc_text or ''}")


@pytest.fixture
def ears() -> Iterator[Ears]:
    ears = Ears()
    listened = [logging.getLogger(name) for name in ("", "django.request", "django.server", "simpul")]
    levels = [logger.level for logger in listened]
    for logger in listened:
        logger.addHandler(ears)
        logger.setLevel(logging.DEBUG)
    yield ears
    for logger, level in zip(listened, levels, strict=True):
        logger.removeHandler(ears)
        logger.setLevel(level)


def everything_stored() -> str:
    """Every cell of every table, as the database has it."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


WORDS = ("Zqrahasia", NIK, "Zqcerita", "Zqberkas")


def test_no_word_of_a_file_lies_anywhere_in_clear(cast: Cast, budi: Client, ears: Ears) -> None:
    batch = walked(budi, cast, planted())
    assert batch.state == State.DONE
    waiting = walked(budi, cast, workbook(Laporan=table(submission("dua", nama=NAME, nik=NIK, umur="Zqcerita"))))
    assert waiting.state == State.REVIEW
    told = [everything_stored(), *ears.heard]
    told += [str(session.get_decoded()) for session in Session.objects.all()]
    for word in WORDS:
        assert not any(word in words for words in told), word


def test_nobody_else_finds_a_trace(cast: Cast, budi: Client) -> None:
    batch = checked(cast, submission(nama=NAME, nik=NIK))
    entered(cast, submission("dua", nama=NAME, kronologi=STORY, jenis_kasus="kekerasan_fisik"))
    case = Case.objects.get()
    for who in (cast.ani, cast.dewi, cast.eko, cast.hasan, cast.joko, cast.kartika):
        browser = who.client()
        for path in ("/", "/impor/", "/kasus/", "/pemberitahuan/", "/audit/", f"/impor/{batch.pk}/"):
            words = browser.get(path, follow=True).content.decode()
            for word in (*WORDS, "ekspor.xlsx", str(batch.pk), case.code):
                if path != f"/impor/{batch.pk}/" or word != str(batch.pk):
                    assert word not in words, (who.key, path, word)


def test_no_program_sees_an_import_of_reports(cast: Cast) -> None:
    batch = checked(cast, submission())
    assert cast.budi.user is not None
    made = create_personal_token(
        cast.budi.actor, cast.budi.user, name="uji", scopes=list(TOKEN_SCOPES), days=1, now=datetime.now(UTC)
    )
    browser = Client(headers={"Authorization": f"Bearer {made[1]}"})
    assert browser.get(f"/api/v1/imports/{batch.pk}").status_code == 404
    assert str(batch.pk) not in browser.get("/api/v1/imports").content.decode()
    assert '"cases"' not in browser.get("/api/v1/import-recipes").content.decode()
