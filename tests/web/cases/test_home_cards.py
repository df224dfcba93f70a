"""What the home counts is what the list behind it shows, by the same rule, and it says nothing of what is in it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from simpul.cases.models import Case
from simpul.cases.queries.waiting import Waiting, waiting_for
from simpul.cases.queries.worklist import MOST
from simpul.cases.services.care import check_in, report_threat
from simpul.cases.services.closing import end_case
from simpul.cases.services.desk_rules import set_desk_rules
from simpul.cases.services.helping import add_need
from simpul.cases.services.progress import move_case
from simpul.cases.services.rights import receive_request
from simpul.cases.services.sight import escalate_case, exclude_person
from tests.cast import Cast
from tests.factories.cases import MAKER, make_case, victim_of
from tests.factories.complaints import VIOLENCE, complain, works_in
from tests.factories.referrals import make_office, make_referral
from tests.factories.territory import MASBAGIK_UTARA_BARU

NAME = "Inaq Contohwati"
LINE = re.compile(r'<li><span><a href="([^"]+)">([^<]+)</a></span>\s*<span class="pill[^"]*">(?:<[^>]+>)*\s*([\d+]+)')


def main(browser: Client, path: str = "/") -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1].split("</main>")[0]


def counted(browser: Client) -> dict[str, str]:
    """Address -> number, of every line of a home that is a number."""
    lines = LINE.findall(main(browser))
    return {unescape(href): number for href, _label, number in lines if not href.startswith("/pemberitahuan")}


def listed(browser: Client, path: str) -> int:
    """How many lines the list at this address has."""
    page = main(browser, path)
    if path.startswith("/kabar-saya/"):
        return page.count("<b>Ani</b>")
    tasks = re.search(r'<ul class="(?:tasks|cases)">(.*?)</ul>', page, re.DOTALL)
    return tasks.group(1).count("<li") if tasks else 0


def busy(cast: Cast, number: int = 1) -> None:
    """Of everything so many, seen by whoever it is for."""
    now = timezone.now()
    works_in(cast.lentera, MASBAGIK_UTARA_BARU)
    set_desk_rules(
        cast.budi.actor, cast.lentera, approves_closure=True, checkins="coordinator", reason="Rapat", now=now
    )
    for n in range(number):
        early = now - timedelta(days=20)
        late = make_case(cast.lentera, victim={"name": NAME}, now=early)
        add_need(MAKER, victim_of(late), kind="SV.17", time_frame="week", now=early)
        add_need(MAKER, victim_of(make_case(cast.lentera, now=now)), kind="SV.17", time_frame="days", now=now)
        complain({**VIOLENCE, "about": "nobody"}, now=now)
        make_referral(cast, office=make_office(cast, name=f"UPTD {n}"))
        ending = move_case(MAKER, make_case(cast.lentera, now=now), act="assist", now=now)
        end_case(cast.ani.actor, ending, outcome="met", now=now)
        receive_request(cast.ani.actor, cast.lentera, kind="access", capacity="self", applicant="Sri", now=now)
        for one in (cast.ani, cast.budi):
            report_threat(one.actor, cast.lentera, danger="home", is_now=False, now=now + timedelta(minutes=n))
        check_in(cast.ani.actor, cast.lentera, feeling="tired", now=now + timedelta(minutes=n))
        escalate_case(cast.ani.actor, late, to=cast.support, reason="Buntu", now=now)


@pytest.mark.parametrize("key", ["ani", "budi", "kartika"])
def test_every_number_opens_into_as_many(cast: Cast, key: str) -> None:
    busy(cast, 2)
    browser = getattr(cast, key).client()
    found = counted(browser)
    assert found
    for path, number in found.items():
        assert (path, listed(browser, path)) == (path, int(number))


def test_each_role_has_its_own_lists(cast: Cast) -> None:
    busy(cast)
    seen = {key: set(counted(getattr(cast, key).client())) for key in ("ani", "budi", "kartika")}
    leads = {
        "/kasus/?rak=terlambat", "/kasus/?rak=segera", "/pengaduan/?yang=baru", "/rujukan/?yang=menunggu",
        "/kasus/penutupan/", "/hak/?yang=menunggu", "/ancaman/?yang=terbuka", "/kabar-saya/?yang=dibagikan",
    }  # fmt: skip
    assert seen["budi"] == leads
    assert seen["ani"] == {"/kasus/?rak=terlambat", "/kasus/?rak=segera"}
    assert seen["kartika"] == {"/kasus/?rak=terlambat", "/kasus/?rak=semua&milik=dibawa", "/ancaman/?yang=terbuka"}
    for key in ("hasan", "dewi", "joko", "eko"):
        assert not counted(getattr(cast, key).client())


def test_an_officer_finds_the_letters_that_wait_for_them(cast: Cast) -> None:
    browser = cast.citra.client()
    assert "Tidak ada surat yang menunggu jawaban Anda" in main(browser)
    make_referral(cast)
    page = main(browser)
    assert "1 surat menunggu jawaban Anda" in page
    assert 'href="/surat/?yang=menunggu"' in page
    assert "Diterima" not in page
    assert listed(browser, "/surat/?yang=menunggu") == 1
    assert Waiting.LETTERS not in waiting_for(cast.ani.actor, now=timezone.now())


def test_what_is_hidden_from_somebody_is_not_counted_for_them(cast: Cast) -> None:
    early = timezone.now() - timedelta(days=20)
    case = make_case(cast.lentera, now=early)
    add_need(MAKER, victim_of(case), kind="SV.17", time_frame="week", now=early)
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Buntu", now=early)
    for key in ("budi", "kartika"):
        browser, person = getattr(cast, key).client(), getattr(cast, key).person
        assert counted(browser)["/kasus/?rak=terlambat"] == "1"
        exclude_person(cast.ani.actor, case, person, now=timezone.now())
        assert not [path for path in counted(browser) if path.startswith("/kasus/")]
    assert counted(cast.ani.client())["/kasus/?rak=terlambat"] == "1"


def test_a_protected_case_is_counted_for_whom_it_was_assigned_to_alone(cast: Cast) -> None:
    early = timezone.now() - timedelta(days=20)
    case = make_case(cast.lentera, types=["K.F"], now=early)
    add_need(MAKER, victim_of(case), kind="SV.17", time_frame="week", now=early)
    assert not counted(cast.ani.client())
    assert "/kasus/?rak=terlambat" in counted(cast.budi.client())


def test_a_home_is_no_confidential_page_and_tells_nothing_of_a_case(cast: Cast) -> None:
    busy(cast)
    codes = list(Case.objects.values_list("code", flat=True))
    for key in ("ani", "budi", "citra", "kartika"):
        page = getattr(cast, key).client().get("/").content.decode()
        assert 'class="confidential"' not in page
        assert NAME not in page
        assert not [code for code in codes if code in page]
        assert "ekerasan" not in page.split("<main")[1].split("</main>")[0]


def test_an_empty_desk_teaches_the_next_step(cast: Cast) -> None:
    for key in ("ani", "budi"):
        page = main(getattr(cast, key).client())
        assert "Tidak ada yang menunggu di meja Anda" in page
        assert 'href="/kasus/baru/"' in page
    page = main(cast.kartika.client())
    assert "Belum ada yang dibawa kepada Anda" in page
    assert 'href="/pengawasan/"' in page
    assert "Tidak ada yang menunggu di meja Anda" not in main(cast.dewi.client())


def test_one_is_asked_how_one_is_once_a_month(cast: Cast) -> None:
    assert "Dan bagaimana kabar Anda?" in main(cast.ani.client())
    check_in(cast.ani.actor, cast.lentera, feeling="well", now=timezone.now() - timedelta(days=20))
    assert "Dan bagaimana kabar Anda?" not in main(cast.ani.client())
    assert "Dan bagaimana kabar Anda?" in main(cast.budi.client())
    assert "Dan bagaimana kabar Anda?" not in main(cast.kartika.client())


def test_nobody_counts_along_beyond_a_hundred(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.cases.queries.waiting.MOST", 1)
    busy(cast, 3)
    assert waiting_for(cast.budi.actor, now=timezone.now())[Waiting.COMPLAINTS] == 2
    assert MOST == 100


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("key", ["ani", "budi", "kartika", "citra"])
def test_a_home_costs_the_same_for_one_and_three(cast: Cast, key: str, number: int) -> None:
    busy(cast, number)
    browser = getattr(cast, key).client()
    browser.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/").status_code == 200
    asked_of = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(asked_of) <= 12, "\n".join(sql[:120] for sql in asked_of)


@pytest.mark.parametrize("path", ["/pengaduan/?yang=baru", "/rujukan/?yang=menunggu", "/hak/?yang=menunggu"])
def test_an_empty_list_says_so(cast: Cast, path: str) -> None:
    assert 'class="muted"' in main(cast.budi.client(), path)
