"""The form that KoboCollect asked by explains columns called k1 and k2, and answers called 1 and 2."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simpul.audit.models import Act
from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import count_rows, strange_words
from simpul.interop.reading import read_book
from simpul.interop.services.staging import map_columns
from simpul.interop.services.suggesting import suggest_by_form
from simpul.interop.services.teaching import teach_words
from simpul.interop.words import word_digest
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.web.cases.incoming.formwords import words_of_form
from tests.cast import Cast
from tests.factories.kobo import NOW, checked, place, received, submission, table, workbook
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

SURVEY = (
    ("type", "name", "label::English (en)", "label::Bahasa Indonesia (id)"),
    ("start", "start", "", ""),
    ("begin_group", "g1", "About the person", "Data korban"),
    ("text", "k1", "Name?", "<b>1.</b> Siapa namanya?"),
    ("integer", "k2", "Age?", "Umur korban"),
    ("end_group", "", "", ""),
    ("begin_group", "g2", "About the accused", "Data pelaku"),
    ("text", "nama", "Name?", "Nama"),
    ("end_group", "", "", ""),
    ("select_multiple jenis", "k3", "What about?", "Jenis kasus"),
    ("select_one saluran", "k4", "How?", "Bagaimana laporan diterima"),
    ("select_one hubungan", "k5", "Who?", "Siapa yang melapor?"),
    ("select_one ya", "k6", "Agreed?", "Apakah setuju dicatat?"),
    ("text", "k7", "Village?", "Desa"),
    ("text", "k8", "Witness?", "Saksi persetujuan"),
)
CHOICES = (
    ("list_name", "name", "label::English (en)", "label::Bahasa Indonesia (id)"),
    ("jenis", "1", "Birth certificate", "Akta kelahiran"), ("jenis", "2", "Family card", "Kartu Keluarga"),
    ("saluran", "1", "WhatsApp", "WhatsApp"), ("hubungan", "a", "Neighbour", "Tetangga"), ("ya", "ya", "Yes", "Ya"),
)  # fmt: skip
FORM = workbook(survey=SURVEY, choices=CHOICES)


@pytest.fixture(autouse=True)
def _district(cast: Cast) -> None:
    place()


def report(key: str = "satu", **more: Any) -> dict[str, Any]:
    theirs = {name: value for name, value in submission(key).items() if name.startswith("_")}
    told = {
        "g1/k1": "Inaq Contoh", "g1/k2": 61, "g2/nama": "Zq Terlapor", "k3": "1 2", "k4": 1, "k5": "a", "k6": "ya",
        "k7": "Lentera Jati", "k8": "Kader Contoh",
    }  # fmt: skip
    return {**told, **theirs, **more}


def named(batch: ImportBatch) -> dict[str, str]:
    batch.refresh_from_db()
    heads = list(report())
    return {heads[place]: name for place, name in batch.places.items()}


EXPLAINED = {
    "g1/k1": "name", "g1/k2": "age", "k3": "types", "k4": "channel", "k5": "relation", "k6": "consent",
    "k7": "village", "k8": "witness", "_uuid": "number", "_submission_time": "received", "_submitted_by": "written_by",
}  # fmt: skip


@audits(suggest_by_form)
def test_questions_and_answers_of_the_form_explain_the_file(cast: Cast) -> None:
    batch = received(cast.budi, cast.lentera, workbook(Laporan=table(report())))
    assert named(batch)["g2/nama"] == "name", "a name alone tells nothing of whose it is"
    for _twice in range(2):
        assert suggest_by_form(cast.budi.actor, batch, read_book(FORM), now=NOW) == 9
    assert named(batch) == EXPLAINED, "and nothing is read of whoever is accused"
    act = Act.objects.filter(act="interop.suggest_by_form").latest("id")
    assert act.details == {"columns": 9, "words": 0}, "what is known already is not learnt again"
    map_columns(cast.budi.actor, batch, mapping=first_places(batch), options={}, now=NOW)
    again = checked(cast, data=workbook(Laporan=table(report("dua", k3="2"))))  # remembered without the form
    assert not strange_words(again)
    assert dict(count_rows(again).states) == {"ready": 1}


def test_what_somebody_named_and_taught_stays_as_it_was(cast: Cast) -> None:
    first = received(cast.budi, cast.lentera, workbook(Laporan=table(report())))
    suggest_by_form(cast.budi.actor, first, read_book(FORM), now=NOW)
    places = {head: place for place, head in enumerate(report())}
    mapping = {**first_places(first), places["g1/k1"]: "alias", places["k8"]: ""}
    map_columns(cast.budi.actor, first, mapping=mapping, options={}, now=NOW)
    second = received(cast.budi, cast.lentera, workbook(Laporan=table(report("tiga"))))
    suggest_by_form(cast.budi.actor, second, read_book(FORM), now=NOW)
    assert named(second)["g1/k1"] == "alias"
    assert "k8" not in named(second)


def first_places(batch: ImportBatch) -> dict[int, str]:
    batch.refresh_from_db()
    return dict(batch.places)


def test_a_word_that_was_taught_is_not_unlearnt(cast: Cast) -> None:
    batch = checked(cast, data=workbook(Laporan=table(submission(jenis_kasus="1"))))
    meanings = {"types": {word_digest("types", "1"): "AD.4"}}
    teach_words(cast.budi.actor, batch, meanings=meanings, now=NOW)
    other = received(cast.budi, cast.lentera, workbook(Laporan=table(report())))
    suggest_by_form(cast.budi.actor, other, read_book(FORM), now=NOW)
    assert Act.objects.filter(act="interop.suggest_by_form").latest("id").details["words"] == 3


@denies(suggest_by_form)
def test_nobody_else_explains_the_file_and_only_while_it_waits_for_it(cast: Cast) -> None:
    batch = received(cast.budi, cast.lentera, workbook(Laporan=table(report())))
    for key in ("ani", "hasan", "kartika", "dewi"):
        with pytest.raises((NotFound, Denied)):
            suggest_by_form(cast.played[key].actor, batch, read_book(FORM), now=NOW)
    for data, code in (
        (workbook(Lain=[("a", "b"), ("1", "2")]), "no_form"),
        (workbook(survey=[("type", "name"), ("text", "k1")]), "no_form"),
        (workbook(survey=[("type", "name", "label"), ("text", "entah", "Entah")]), "other_form"),
    ):
        with pytest.raises(Invalid) as refused:
            suggest_by_form(cast.budi.actor, batch, read_book(data), now=NOW)
        assert refused.value.code == code
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.REVIEW)
    with pytest.raises(Conflict):
        suggest_by_form(cast.budi.actor, batch, read_book(FORM), now=NOW)


def test_a_name_that_two_questions_bear_is_told_by_its_path_alone() -> None:
    survey = (
        SURVEY[0],
        ("begin_group", "a", "", "Korban"), ("text", "nama", "", "Nama"), ("end_group", "", "", ""),
        ("begin_repeat", "b", "", "Saksi"), ("text", "nama", "", "Nama"), ("end_repeat", "", "", ""),
        ("end_group", "", "", ""),  # one too many
    )  # fmt: skip
    found = words_of_form(read_book(workbook(survey=survey)))
    assert found is not None
    assert found.questions == {"a/nama": "Korban/Nama", "b/nama": "Saksi/Nama"}


def test_on_the_page_the_form_is_read_and_kept_nowhere(cast: Cast) -> None:
    batch, browser = received(cast.budi, cast.lentera, workbook(Laporan=table(report()))), cast.budi.client()
    page, form = f"/impor/{batch.pk}/kolom/", f"/impor/{batch.pk}/formulir/"
    assert form in browser.get(page).content.decode()
    answer = sent(browser, form, FORM)
    assert answer.headers["Location"] == page
    assert named(batch) == EXPLAINED
    refused = sent(browser, form, workbook(Lain=[("a", "b"), ("1", "2")]))
    assert refused.status_code == 422
    assert 'href="#id_file"' in refused.content.decode()
    assert sent(cast.dewi.client(), form, FORM).status_code == 404


def sent(browser: Client, path: str, data: bytes) -> Any:
    return browser.post(path, {"file": SimpleUploadedFile("formulir.xlsx", data)})
