"""The desk of a group as it looks: on a phone, and on a wide screen in the dark."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from simpul.cases.models import Case, Party
from simpul.cases.services.consents import give_consent
from simpul.cases.services.helping import add_need
from simpul.cases.services.parties import add_party
from simpul.cases.services.transfers import ask_transfer
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Screen, opened
from tests.cast import Cast, Played
from tests.factories.cases import MAKER, make_case
from tests.factories.referrals import make_referral
from tests.factories.transfers import make_coordinator
from tests.factories.transfers import make_draft as make_transfer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DARK = replace(DESK, language="en", dark=True)


def sits_down(page: Page, site: str, who: Played) -> None:
    session = who.client().cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


@pytest.mark.parametrize("screen", [PHONE, DARK], ids=["phone", "dark"])
def test_the_desk_is_fine(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    now = timezone.now()
    victim = {"name": "Inaq Contohwati", "age_stated": 61, "sex": "P", "nik": "9903994107640001"}
    case, _again = (make_case(cast.lentera, now=now, victim=victim) for _ in range(2))
    add_party(MAKER, case, role="victim", types=["AD.1"], details={"name": "Anak Contoh", "age_stated": 9}, now=now)
    add_need(MAKER, victim_of_first(case), kind="SV.17", time_frame="week", now=now)
    give_consent(
        MAKER, victim_of_first(case), capacity="self", purposes=["record"], language="id", manner="spoken", witness="x",
        expires_on=now.date().replace(year=now.year + 1), now=now,
    )  # fmt: skip
    referral = make_referral(cast, case=case, party=victim_of_first(case))
    pages = [reverse(f"cases:{name}", args=[case.pk]) for name in ("case", "people", "alike", "need", "help", "seen")]
    pages += ["/kasus/", "/kasus/baru/", "/pengaduan/", "/rujukan/", "/tenggat/"]
    pages += [reverse("referral:one", args=[referral.pk]), reverse("referral:draft", args=[case.pk])]
    assert faults(chromium, site, screen, cast.budi, pages) == {}


@pytest.mark.parametrize("screen", [PHONE, DARK], ids=["phone", "dark"])
def test_handing_over_is_fine(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    """On the side that asks, and on the one that is asked."""
    now, lestari = timezone.now(), make_coordinator(cast.other_group)
    victim = {"name": "Inaq Contohwati", "age_stated": 61, "sex": "P"}
    free, begun, offered = (make_case(cast.lentera, now=now, victim=victim) for _ in range(3))
    draft, asked = (make_transfer(cast, case=case, now=now) for case in (begun, offered))
    ask_transfer(MAKER, asked, basis="vital", reason="Terancam.", now=now)
    ours = [reverse("transfer:one", args=[row.pk]) for row in (draft, asked)]
    ours += ["/pelimpahan/", reverse("transfer:draft", args=[free.pk]), reverse("cases:case", args=[begun.pk])]
    theirs = ["/pelimpahan/", reverse("transfer:offer", args=[asked.pk])]
    for who, pages in ((cast.budi, ours), (lestari, theirs)):
        assert faults(chromium, site, screen, who, pages) == {}


def faults(chromium: Browser, site: str, screen: Screen, who: Played, pages: Sequence[str]) -> dict[str, list[str]]:
    """Page -> what is wrong with it as they see it."""
    found: dict[str, list[str]] = {}
    with opened(chromium, site, screen) as page:
        sits_down(page, site, who)
        for path in pages:
            page.goto(f"{site}{path}")
            wide = [] if page.evaluate("document.documentElement.scrollWidth <= innerWidth") else ["too wide"]
            found[path] = wide + violations(page)
    return {path: said for path, said in found.items() if said}


def victim_of_first(case: Case) -> Party:
    return case.parties.filter(role="victim").order_by("recorded_at", "id")[0]
