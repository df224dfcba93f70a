"""Every page in the rooms of cases as those who work there see it: it fits its screen, and everybody can use it.

The addresses are found by themselves, so that a page added last is looked at like all others. Each is looked at once:
half of them on a phone in Indonesian, half on a wide screen in the dark and in English.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser

from tests.browser.conftest import DESK, PHONE, Screen
from tests.browser.test_desk import faults
from tests.cases.planting import TAKER, Planted, plant
from tests.cases.planting_rest import plant_rest
from tests.cast import Cast
from tests.matrix import every_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DARK = replace(DESK, language="en", dark=True)
ROOMS = ("cases", "referral", "inbox", "transfer", "tickets", "rights", "care", "closing", "register", "supervision",
         "deskrules")  # fmt: skip
WALKERS = ("budi", "kartika", "citra", TAKER)
# What of the planted stands in an address: by the room and the parameter, else by the parameter alone.
KINDS = {
    "case_id": "case", "case": "case", "party_id": "party", "consent_id": "consent", "ticket_id": "ticket",
    "entry_id": "entry", "organisation_id": "organisation", "request_id": "closure", "export_id": "export",
    "referral:key": "referral", "inbox:key": "complaint", "transfer:key": "transfer", "rights:key": "request",
    "care:key": "threat",
}  # fmt: skip
WORDS = {"code": "P02", "to": "people"}


def addresses(planted: Planted) -> Iterator[tuple[str, str]]:
    """Name and address of every page of the rooms, the first of what was planted in each."""
    for name, pattern in every_url().items():
        space = name.partition(":")[0]
        if space not in ROOMS:
            continue
        given = {}
        for part in pattern.pattern.regex.groupindex:
            kind = KINDS.get(f"{space}:{part}") or KINDS.get(part) or "case"
            given[part] = WORDS.get(part) or planted.ids["breach" if name.startswith("rights:breach") else kind][0]
        try:
            yield name, reverse(name, kwargs=given)
        except NoReverseMatch:
            continue


def pages_of(planted: Planted, key: str) -> list[str]:
    """Those that they may open; what is only sent, or is a file, is no page."""
    browser = planted.cast.played[key].client()
    found = []
    for _name, address in addresses(planted):
        answer = browser.get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            found.append(address)
    return found


def test_every_page_of_the_rooms_is_fine(chromium: Browser, site: str, cast: Cast) -> None:
    planted = plant(cast)
    plant_rest(planted)
    seen: set[str] = set()
    wrong: dict[str, list[str]] = {}
    for key in WALKERS:
        new = [address for address in pages_of(planted, key) if address not in seen]
        seen.update(new)
        half: tuple[tuple[Screen, list[str]], ...] = ((PHONE, new[::2]), (DARK, new[1::2]))
        for screen, pages in half:
            wrong |= faults(chromium, site, screen, cast.played[key], pages)
    assert wrong == {}
    assert len(seen) > 60
