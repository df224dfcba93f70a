"""Pages on what people ask about their own data: one answer for no file and a refused one; nothing in an address."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from simpul.cases.models import (
    Case,
    CaseTombstone,
    DataBreach,
    LegalHold,
    Opening,
    Party,
    Restriction,
    RetentionRule,
    RightsRequest,
)
from simpul.cases.services.breaches import record_breach
from simpul.cases.services.consents import give_consent
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.keeping import stop_using
from simpul.cases.services.parties import add_party, correct_party
from simpul.cases.services.planning import make_appointment, need_document, plan_step
from simpul.cases.services.retention import set_retention
from simpul.cases.services.rights import check_identity, grant_request, refuse_request
from simpul.cases.services.rights_file import find_file
from simpul.cases.services.sight import exclude_person, look_at
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.web.cases.rights.filling import LANGUAGES, PAPERS, filled
from tests.architecture.source import ROOT
from tests.cases.test_tickets import a_list, queue_up
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of, village
from tests.factories.organisations import make_organisation
from tests.factories.referrals import make_referral
from tests.matrix.rights import made, ready

NAME, NIK = "Inaq Contohwati", "9903994107640001"
REFUSED = "Tidak ada data yang dapat kami berikan."


def at(name: str, request: RightsRequest) -> str:
    return reverse(f"rights:{name}", args=[request.pk])


def headers(answer: Any) -> dict[str, str]:
    """All but the number of the request, which is drawn anew for every one."""
    return {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}


def known(cast: Cast, **more: Any) -> Party:
    victim = {"name": NAME, "nik": NIK, "birth_date": date(1964, 7, 1), "sex": "P"}
    return victim_of(make_case(cast.lentera, **{"victim": victim, **more}))


def two_refused(cast: Cast) -> tuple[RightsRequest, RightsRequest]:
    """One without a file; one with a file that would put somebody in danger."""
    none, kept = made(cast), ready(cast)
    refuse_request(cast.budi.actor, none, ground="no_file", now=NOW)
    refuse_request(cast.budi.actor, kept, ground="endangers", reason="Pelaku bertanya", now=NOW)
    return none, kept


def test_r6_no_file_and_a_refused_one_give_the_same_page_to_the_byte(cast: Cast) -> None:
    browser, seen = cast.budi.client(), []
    browser.get("/hak/")
    for request in two_refused(cast):
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(at("told", request))
        statements = [_without(str(query["sql"]), request) for query in asked]
        seen.append((answer.status_code, headers(answer), answer.content, statements))
    assert seen[0] == seen[1]
    assert REFUSED in seen[0][2].decode()
    assert "Pelaku" not in seen[0][2].decode()


def _without(statement: str, request: RightsRequest) -> str:
    """Without the key that was asked for, and without the time of day."""
    for key in (request.pk.hex, str(request.pk)):
        statement = statement.replace(key, "…")
    return re.sub(r"'\d{4}-\d\d-\d\d [^']+'", "…", statement)


def test_r6_and_the_same_paper(cast: Cast) -> None:
    browser = cast.budi.client()
    papers = [browser.post(at("told-paper", request)) for request in two_refused(cast)]
    assert papers[0].content == papers[1].content
    assert headers(papers[0]) == headers(papers[1])
    assert REFUSED in PdfReader(BytesIO(papers[0].content)).pages[0].extract_text().replace("\n", " ")


def test_a_companion_writes_it_down_and_sees_no_more_of_it(cast: Cast) -> None:
    browser = cast.ani.client()
    told = {
        "key": str(uuid7()), "group": str(cast.lentera.pk), "kind": "access", "capacity": "self", "applicant": NAME,
        "words": "Apa yang dicatat?",
    }  # fmt: skip
    for _ in range(2):
        answer = browser.post("/hak/baru/", told)
        assert answer["Location"] == "/hak/diterima/"
    request = RightsRequest.objects.get()
    assert browser.get(at("one", request)).status_code == 404
    assert NAME not in cast.budi.client().get("/hak/").content.decode()


def test_who_asks_is_shown_on_a_press_which_is_recorded(cast: Cast) -> None:
    request, browser = made(cast), cast.budi.client()
    assert "Pemohon" not in browser.get(at("one", request)).content.decode()
    assert "Pemohon" in browser.post(at("one", request)).content.decode()


@pytest.mark.parametrize("by", ["nik", "name"])
def test_a_file_is_found_by_what_they_say_of_themself_and_never_by_an_address(cast: Cast, by: str) -> None:
    party, request, browser = known(cast), made(cast), cast.budi.client()
    area = village()
    said = {"nik": NIK} if by == "nik" else {
        "name": "Contohwati", "birth_year": "1965", "area": area.code, "area-teks": area.title,
    }  # fmt: skip
    page = browser.get(at("file", request), said).content.decode()
    assert party.case.code not in page
    page = browser.post(at("file", request), said).content.decode()
    assert party.case.code in page
    assert NAME not in page
    assert NIK not in page.replace(f'value="{NIK}"', "")  # what was typed stays in its field
    answer = browser.post(at("choose", request), {"orang": str(party.pk)})
    assert answer["Location"] == at("one", request)
    request.refresh_from_db()
    assert request.party == party


def test_somebody_who_only_stands_on_a_list_is_found_there_by_their_number(cast: Cast) -> None:
    entry, request, browser = queue_up(a_list(cast)), made(cast, "erasure"), cast.budi.client()
    page = browser.post(at("file", request), {"nik": NIK}).content.decode()
    assert f'name="antrean" value="{entry.pk}"' in page
    assert NAME not in page
    other = queue_up(a_list(cast, group=cast.other_group))
    assert browser.post(at("choose", request), {"antrean": str(other.pk)}).status_code == 404
    assert browser.post(at("choose", request), {"antrean": "x"}).status_code == 404
    assert browser.post(at("choose", request), {"antrean": str(entry.pk)})["Location"] == at("one", request)
    browser.post(at("identity", request), {"proof": "ktp"})
    told = browser.get(at("grant", request)).content.decode()
    assert "Nama dan NIK mereka di daftar" in told
    assert "Kasusnya berlanjut" not in told
    browser.post(at("grant", request), {"key": str(uuid7())})
    entry.refresh_from_db()
    assert (entry.name, entry.nik) == (None, None)


@pytest.mark.parametrize("said", [{}, {"nik": "99"}, {"name": NAME}, {"name": NAME, "birth_year": "1964"}])
def test_half_of_what_is_needed_finds_nobody(cast: Cast, said: dict[str, str]) -> None:
    known(cast)
    assert cast.budi.client().post(at("file", made(cast)), said).status_code == 422


def test_a_hidden_case_is_not_found_even_by_its_number(cast: Cast) -> None:
    known(cast, types=["K.S"], actor=cast.ani.actor, hide_from=[cast.budi.person])
    page = cast.budi.client().post(at("file", made(cast)), {"nik": NIK}).content.decode()
    assert "Tidak ada orang seperti ini" in page


def test_the_whole_way_to_a_copy_with_its_trail(cast: Cast) -> None:
    referral = make_referral(cast, types=["AD.1"])
    party, request, browser = referral.party, made(cast), cast.budi.client()
    party.name = NAME
    party.save(update_fields=["name"])
    look_at(cast.ani.actor, party.case_id, page="cases:case", now=NOW)
    browser.post(at("identity", request), {"proof": "ktp"})
    browser.post(at("choose", request), {"orang": str(party.pk)})
    assert browser.get(at("copy", request)).status_code == 409
    browser.post(at("grant", request), {"key": str(uuid7())})
    answer = browser.post(at("copy", request), {})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("\n", " ")
    for part in (NAME, referral.service_point.name, "Ani", "Apa yang disimpan tentang Anda"):
        assert part in words
    assert Opening.objects.filter(page="rights:copy", person=cast.budi.person).exists()


def printed(answer: Any) -> str:
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def helped(party: Party) -> None:
    """A need with its step, an appointment, a paper, a service with a note; and a step that is of the whole case."""
    need = add_need(MAKER, party, kind="SV.01", time_frame="now", now=NOW)
    plan_step(MAKER, party.case, what="Bertemu psikolog", who="Bu Ani", need=need, now=NOW)
    plan_step(MAKER, party.case, what="Rapat keluarga", now=NOW)
    make_appointment(MAKER, party, at=NOW + timedelta(days=3), place="Balai Sembalun", to_bring=["Kartu BPJS"], now=NOW)
    need_document(MAKER, party, kind="identity_card", now=NOW)
    provide_service(
        MAKER, party, kind="SV.01", provided_on=NOW.date(), result="done", note="Kakaknya Amaq Rahasia hadir", now=NOW
    )
    correct_party(MAKER, party, {"safe_contact": {"safe_to_call": False, "via": "Bidan Contohni"}}, seen=99, now=NOW)


def test_a_copy_holds_what_was_planned_for_them_and_says_what_is_not_in_it(cast: Cast) -> None:
    party, browser = known(cast), cast.budi.client()
    helped(party)
    request = find_file(MAKER, shown(cast), party, now=NOW)
    browser.post(at("grant", request), {"key": str(uuid7())})
    words, full = (
        printed(browser.post(at("copy", request), {})),
        printed(browser.post(at("copy", request), {"with_story": "on"})),
    )
    for part in ("Bertemu psikolog", "Rapat keluarga", "Balai Sembalun", "Kartu BPJS", "Bidan Contohni", "Janji temu"):
        assert part in words
    assert "Yang tidak ada dalam salinan ini" in words
    assert "mintalah dibacakan" in words
    assert "Amaq Rahasia" not in words
    assert "Amaq Rahasia" in full
    assert "mintalah dibacakan" not in full


def test_the_copy_of_one_of_several_holds_nothing_of_the_others(cast: Cast) -> None:
    party, browser = known(cast), cast.budi.client()
    other = add_party(MAKER, party.case, role="victim", types=["AD.1"], details={"age_stated": 22}, now=NOW)
    helped(other)
    request = find_file(MAKER, shown(cast), party, now=NOW)
    browser.post(at("grant", request), {"key": str(uuid7())})
    words = printed(browser.post(at("copy", request), {"with_story": "on"}))
    for part in ("Bertemu psikolog", "Rapat keluarga", "Balai Sembalun", "Bidan Contohni", "Amaq Rahasia"):
        assert part not in words
    assert "kunjungan kepada semua" in words


def shown(cast: Cast, kind: str = "access") -> RightsRequest:
    """Asked by somebody who showed who they are; no file was looked for."""
    request = made(cast, kind)
    check_identity(MAKER, request, proof="ktp", now=NOW)
    return request


@pytest.mark.parametrize("answer", ["", "nothing", "given"])
def test_the_pages_of_a_request_on_a_hidden_case_are_those_of_one_without_a_file(cast: Cast, answer: str) -> None:
    """To the byte, but for their keys: nothing vanishes, nothing is added, whatever others answered."""
    party = known(cast, types=["K.F"])
    exclude_person(MAKER, party.case, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    none, kept = shown(cast), find_file(MAKER, shown(cast), party, now=NOW)
    if answer:
        refuse_request(MAKER, none, ground="no_file", now=NOW)
    if answer == "given":
        grant_request(MAKER, kept, now=NOW)
    elif answer:
        refuse_request(MAKER, kept, ground="endangers", reason="Pelaku bertanya", now=NOW)
    browser = cast.budi.client()
    browser.get("/hak/")
    for name in ("one", "file", "grant", "refuse", "told", "copy", "identity"):
        pages = [browser.get(at(name, request)) for request in (none, kept)]
        told = [_without(page.content.decode(), request) for page, request in zip(pages, (none, kept), strict=True)]
        assert pages[0].status_code == pages[1].status_code
        assert _plain(told[0]) == _plain(told[1]), name


def _plain(page: str) -> str:
    """Without what is drawn anew for every answer: the token of its forms, the key of what they send."""
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


def test_a_copy_that_is_taken_along_opens_with_its_password_alone(cast: Cast) -> None:
    request, browser = ready(cast), cast.budi.client()
    browser.post(at("grant", request), {"key": str(uuid7())})
    for weak in ("pendek", "delapan8", "aaaaaaaaaaaaaaaa"):
        assert browser.post(at("copy", request), {"password": weak}).status_code == 422
    answer = browser.post(at("copy", request), {"password": "kata sandi lisan"})
    locked = PdfReader(BytesIO(answer.content))
    assert locked.is_encrypted
    assert not locked.decrypt("kata lain")
    assert locked.decrypt("kata sandi lisan")
    assert 'filename="salinan.pdf"' in answer["Content-Disposition"]


def test_erasing_says_before_what_goes_what_stays_and_what_is_lost(cast: Cast) -> None:
    request, browser = ready(cast, "erasure"), cast.budi.client()
    page = browser.get(at("grant", request)).content.decode()
    for heading in ("Yang terjadi", "Yang tetap ada", "Yang tidak bisa ditarik kembali"):
        assert heading in page
    browser.post(at("grant", request), {"key": str(uuid7())})
    assert not Case.objects.exists()
    assert CaseTombstone.objects.count() == 1
    page = browser.get(at("one", request)).content.decode()
    assert "terhapus bersama datanya" in page


def test_what_keeps_and_ends_a_case_is_set_on_its_page(cast: Cast) -> None:
    case, browser = known(cast).case, cast.budi.client()
    go = lambda name, **said: browser.post(reverse(f"rights:{name}", args=[case.pk]), said)  # noqa: E731
    assert go("hold", reason="Perkara").status_code == 302
    assert "Perkara" in browser.get(reverse("rights:case", args=[case.pk])).content.decode()
    assert go("erase", ground="asked", sure="on").status_code == 422
    go("case", lepas="1")
    assert not LegalHold.objects.filter(lifted_at=None).exists()
    for _ in range(2):  # pressed twice, the second press undoes nothing
        go("restrict", reason="Ia meminta")
        assert Restriction.objects.filter(lifted_at=None).count() == 1
    path = reverse("rights:use", args=[case.pk, Restriction.objects.get().pk])
    assert path in browser.get(reverse("rights:case", args=[case.pk])).content.decode()
    for _ in range(2):
        assert browser.post(path, {"reason": "Ia setuju lagi"}).status_code == 302
        assert not Restriction.objects.filter(lifted_at=None).exists()
    assert go("erase", ground="asked").status_code == 422
    assert go("erase", ground="asked", sure="on").status_code == 302
    assert not Case.objects.exists()


def test_using_again_lifts_the_stop_that_was_pressed_and_no_other(cast: Cast) -> None:
    """Each was asked for by somebody: who agrees again does so for themself."""
    first = known(cast)
    second = add_party(MAKER, first.case, role="victim", types=["AD.1"], details={"age_stated": 22}, now=NOW)
    rows = [stop_using(MAKER, first.case, reason="x", request=None, party=who, now=NOW) for who in (None, second)]
    browser, page = cast.budi.client(), reverse("rights:case", args=[first.case_id])
    paths = [reverse("rights:use", args=[first.case_id, row.pk]) for row in rows]
    assert all(path in browser.get(page).content.decode() for path in paths)
    assert NAME not in browser.get(paths[1]).content.decode()
    assert browser.post(paths[1], {"reason": "Ia setuju lagi"}).status_code == 302
    assert list(Restriction.objects.filter(lifted_at=None)) == [rows[0]]
    other = make_case(cast.lentera)
    assert browser.get(reverse("rights:use", args=[other.pk, rows[0].pk])).status_code == 404


def test_how_long_cases_are_kept_is_set_by_the_coordinator(cast: Cast) -> None:
    browser = cast.budi.client()
    told = {
        "key": str(uuid7()), "group": str(cast.lentera.pk), "kept": "social", "months": "12", "basis": "Rapat 3 Maret",
        "valid_from": "2026-01-01",
    }  # fmt: skip
    for _ in range(2):
        assert browser.post("/hak/simpan/", told).status_code == 302
    assert RetentionRule.objects.get().months == 12
    assert "12 bulan · Rapat 3 Maret" in browser.get("/hak/simpan/").content.decode()


def test_a_withdrawal_says_whose_word_it_was(cast: Cast) -> None:
    child = victim_of(make_case(cast.lentera, victim={"age_stated": 12}))
    given = give_consent(
        MAKER, child, capacity="guardian", given_by="Wali Contoh", purposes=["record"], language="id",
        manner="spoken", witness="x", expires_on=NOW.date().replace(year=2027), now=NOW,
    )  # fmt: skip
    browser, path = cast.budi.client(), reverse("cases:consent-withdraw", args=[given.pk])
    assert browser.post(path, {"capacity": "guardian"}).status_code == 422
    assert browser.post(path, {"capacity": "self"}).status_code == 302
    given.refresh_from_db()
    assert (given.withdrawal.capacity, given.withdrawal.withdrawn_by) == ("self", None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_for_one_and_three(
    cast: Cast, django_assert_max_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        made(cast)
    browser = cast.budi.client()
    with django_assert_max_num_queries(11) as asked:
        assert browser.get("/hak/").status_code == 200
    assert len(asked) == 11


def test_the_queue_goes_on_on_a_next_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unanswered first; each stands on one page, whatever was answered."""
    monkeypatch.setattr("simpul.web.cases.rights.requests.PAGE", 2)
    rows = [made(cast) for _ in range(5)]
    for row in (rows[1], rows[3]):
        refuse_request(MAKER, row, ground="no_file", now=NOW)
    wanted = [rows[0], rows[2], rows[4], rows[1], rows[3]]
    assert walked(cast.budi.client(), "/hak/", "one") == [str(row.pk) for row in wanted]


def walked(browser: Client, path: str, name: str) -> list[str]:
    """The keys of what is listed from page to page."""
    found: list[str] = []
    pattern = reverse(f"rights:{name}", args=[UUID(int=0)]).replace(str(UUID(int=0)), "([0-9a-f-]{36})")
    here: str | None = path
    while here:
        page = browser.get(here).content.decode()
        found += re.findall(f'href="{pattern}"', page)
        older = re.search(r'href="(\?setelah=[^"]+)" rel="next"', page)
        here = f"{path}{older[1]}" if older else None
    return found


def a_breach(cast: Cast, **more: Any) -> DataBreach:
    said = {"what": "Ponsel hilang", "cause": "device", "classes": ["contact"], "noticed_at": NOW, "now": NOW, **more}
    return record_breach(MAKER, cast.lentera, **said)


def test_breaches_go_on_on_a_next_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.web.cases.rights.breaches.PAGE", 2)
    rows = [a_breach(cast, noticed_at=NOW - timedelta(hours=hours)) for hours in (0, 1, 1, 1, 2)]
    wanted = sorted(rows, key=lambda row: (row.noticed_at, row.pk), reverse=True)
    assert walked(cast.budi.client(), "/hak/kegagalan/", "breach") == [str(row.pk) for row in wanted]


@pytest.mark.parametrize("number", [1, 3])
def test_the_record_of_breaches_costs_the_same_for_one_and_three(
    cast: Cast, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        a_breach(cast)
    browser = cast.budi.client()
    with django_assert_num_queries(9):
        assert browser.get("/hak/kegagalan/").status_code == 200


@pytest.mark.parametrize("path", ["/hak/dokumen/", "/hak/kegagalan/baru/"])
def test_every_organisation_can_be_chosen_however_many_there_are(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("simpul.web.cases.rights.pages.PAGE", 3)
    browser, found, here = cast.joko.client(), list[str](), path
    while here:
        page = browser.get(here).content.decode()
        keys = re.findall(r'<option value="([0-9a-f-]{36})"', page)
        assert len(keys) > 1
        found += [key for key in keys if key not in found]
        older = re.search(r'href="(\?setelah=[^"]+)"', page)
        here = f"{path}{older[1]}" if older else ""
    assert found == [str(key) for key in Organisation.objects.order_by("sort_key", "id").values_list("pk", flat=True)]
    paper = {"key": str(uuid7()), "group": found[-1], "paper": "record", "language": "id"}
    assert browser.post("/hak/dokumen/", paper)["Content-Type"] == "application/pdf"


def test_when_a_breach_was_noticed_is_read_by_the_clocks_of_the_organisation(cast: Cast) -> None:
    east = make_organisation(name="Kelompok Timur", seat="81.71")
    told = {
        "key": str(uuid7()), "group": str(east.pk), "what": "Ponsel hilang", "cause": "device", "classes": ["contact"],
        "day": "2026-01-05", "time": "09:30",
    }  # fmt: skip
    page = cast.joko.client().post("/hak/kegagalan/baru/", told)
    assert DataBreach.objects.get().noticed_at == datetime(2026, 1, 5, 0, 30, tzinfo=UTC)
    assert "09.30\N{NO-BREAK SPACE}WIT<" in cast.joko.client().get(page["Location"]).content.decode()


@pytest.mark.parametrize("path", ["one", "file", "grant", "refuse"])
def test_a_page_about_one_request_costs_at_most_twelve(
    cast: Cast, django_assert_max_num_queries: Any, path: str
) -> None:
    request, browser = ready(cast), cast.budi.client()
    with django_assert_max_num_queries(12):
        assert browser.get(at(path, request)).status_code == 200


def test_r7_a_breach_is_written_down_and_its_letters_stay_neutral(cast: Cast) -> None:
    browser = cast.joko.client()
    told = {
        "key": str(uuid7()), "group": str(cast.lentera.pk), "what": "Ponsel hilang di pasar", "cause": "device",
        "classes": ["contact", "identity"], "people": "12", "day": "2026-01-05", "time": "09:30",
    }  # fmt: skip
    for _ in range(2):
        page = browser.post("/hak/kegagalan/baru/", told)
        assert page.status_code == 302
    breach = DataBreach.objects.get()
    browser.post(page["Location"], {"key": str(uuid7()), "kind": "measure", "words": "Gawai dikeluarkan dari jauh"})
    words = {}
    for to, language in (("orang", "id"), ("orang", "en"), ("lembaga", "id")):
        paper = browser.post(reverse("rights:breach-letter", args=[breach.pk, to]), {"bahasa": language})
        words[to, language] = " ".join(p.extract_text() for p in PdfReader(BytesIO(paper.content)).pages)
    assert "Gawai dikeluarkan dari jauh" in words["orang", "id"].replace("\n", " ")
    assert "We are sorry" in words["orang", "en"]
    assert "pasar" not in words["orang", "id"]
    assert "pasar" in words["lembaga", "id"]
    for letter in words.values():
        assert not re.search("kekerasan|violence|penyintas|survivor|kasus", letter, re.IGNORECASE)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_are_filled_with_what_is_set_here(cast: Cast, paper: str, language: str) -> None:
    set_retention(
        cast.budi.actor, cast.lentera, kept="social", months=17, basis="Rapat", valid_from=date(2026, 1, 1), now=NOW
    )
    answer = cast.budi.client().post(
        "/hak/dokumen/",
        {"key": str(uuid7()), "group": str(cast.lentera.pk), "paper": paper, "language": language},
    )
    words = " ".join(p.extract_text() for p in PdfReader(BytesIO(answer.content)).pages).replace("\n", " ")
    assert cast.lentera.name in words
    assert f"17 {'bulan' if language == 'id' else 'months'} (Rapat)" in words
    assert "{" not in words


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_in_docs_are_what_the_program_prints(paper: str, language: str) -> None:
    """`python tools/privacy_papers.py` writes them."""
    shipped = (ROOT / "docs" / "privacy" / language / f"{paper}.md").read_text()
    assert shipped == filled(paper, language, None, on=date(2026, 1, 1))
