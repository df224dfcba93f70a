"""*Cetak*, *Excel*, *Bagikan ke WhatsApp*: at every page of the access matrix, in one place or nowhere."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import resolve, reverse
from pytest_django import DjangoDbBlocker

from simpul.web.exports.bar import PUBLIC, TABLES_OF, WORK
from tests.cast import Stage
from tests.matrix import OK, Row, collected, every_url
from tests.test_access_matrix import World

NAMED = PUBLIC | WORK
PAGES: list[Row] = [
    row
    for row in collected("ROWS")
    if row.method == "get" and OK in row.answers.values() and not row.name.startswith(("api:", "^", "exports:"))
]
# Pages without a form of their own that a button would still carry nothing away from; each with why.
NOTHING_TO_SHARE = {
    "home": "what waits for one person",
    "cases:paper": "an empty form, which prints itself without a bar",
    "rights:told": "the answer to one person, which prints itself without a bar",
    "rights:breaches": "what went wrong with data, for those who tell the people concerned",
    "desk:at-work": "what waits for one person",
    "activities:register": "a door that is closed, or a form",
    "activities:kept": "what one works on",
    "learning:readings": "what groups in reach have read",
    "learning:on-this-phone": "what one phone keeps, which draws it itself",
    "activities:manage": "what one works on; its page is what is shared",
    "activities:programme": "names of people who agreed to nothing public",
    "activities:papers": "files, some of them with names",
    "activities:participants": "who registered",
    "inviting:invitations": "who was asked, by name",
    "inviting:questions": "what one works on",
    "inviting:seats": "what one works on",
    "activities:attendance": "a small event's counts could tell of somebody",
    "outcomes:own-actions": "what waits for one person",
    "activities:own": "what waits for one person",
    "outcomes:action": "what somebody has promised",
    "outcomes:actions": "what people have promised",
    "outcomes:certificates": "who was there",
    "outcomes:scores": "what each of them knew",
    "outcomes:feedback": "what people said, for the organisers",
    "outcomes:answer": "a door with a code",
    "outcomes:opened": "a door with a code",
    "outcomes:check": "a question, not a record",
    "outcomes:verdict": "somebody's certificate",
    "outcomes:minutes": "names and what was said; two papers of its own",
    "offline:door": "names, for a phone without a signal",
    "offline:shell": "a page that a phone keeps",
    "offline:notes": "what was said at a meeting",
    "access:grants": "who holds which rights",
    "access:seers": "who sees whom",
    "access:give": "a step on the way to a right",
    "access:grant": "one person's right",
    "access:enrol": "a step on the way to an account",
    "access:recoveries": "who lost their way in",
    "access:recover": "one person's account",
    "access:devices": "one person's devices",
    "access:emergencies": "what was opened in an emergency",
    "access:break-glass": "a step on the way to a closed record",
    "access:opening": "what was opened in an emergency",
    "accounts:identifiers": "one person's account",
    "accounts:devices": "one person's devices",
    "accounts:enrolled": "one person's account",
    "accounts:password": "one person's account",
    "accounts:passkeys": "one person's account",
    "tokens:own": "one person's keys",
    "tokens:organisation": "keys of programs",
    "audit:acts": "the record of acts",
    "audit:of-record": "the record of acts",
    "editing:structure": "names of a board that agreed to nothing public",
    "editing:admit": "a step on the way to a membership",
    "imports:home": "files of others' rows",
    "imports:batch": "rows of others' files",
    "imports:confirm": "a step of an import",
    "joining:apply": "a door that is closed, or a form",
    "joining:queue": "who asks to be let in",
    "notices:sent": "who was told what",
    "notices:standing": "who stands in for whom",
    "notices:inbox": "one person's notices",
    "notices:notice": "one person's notice",
    "people:person": "a person",
    "search:find": "a question, not a record",
    "secretariat:inbox": "what one's own organisations were told",
    "secretariat:entry": "who answered whom",
    "firstrun:done": "the first minutes of a deployment",
    "reference": "made for programs",
    "data:sheets": "a question, and files to print",
    "data:proposals": "what is not published yet",
    "data:proposal": "what is not published yet",
    "data:preview": "what is not published yet",
}


@pytest.fixture(scope="module")
def world(stage: Stage, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(stage.set_up())
        transaction.set_rollback(True)


def parts(page: str) -> list[str]:
    """What stands in the bar, in its order; that there is one at most, and that it is the last thing of the page."""
    found = re.findall(r'<div class="share">(.*?)</div>\s*</main>', page, re.DOTALL)
    return re.findall(r"data-print|ekspor/[\w-]+|wa\.me", found[0]) if found else []


@pytest.mark.django_db
@pytest.mark.parametrize("row", PAGES, ids=str)
def test_the_bar_is_at_its_place_or_nowhere(world: World, row: Row) -> None:
    with transaction.atomic():
        path = reverse(row.name, kwargs=dict(row.params(world.cast)))
        # The one with the least rights who gets it: what the public may read, the public is asked about.
        key = next(key for key in reversed(row.answers) if row.answers[key] == OK)
        answer = world.browser(key).get(path, row.data(world.cast))
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        transaction.set_rollback(True)
    room = re.search(r'<body class="(\w+)', text)
    if room is None or row.name.startswith("gaya:"):  # a file, or the guide to the bar itself
        return
    found, hidden = parts(text), any(word in row.because for word in ("safety mode", "safe house"))
    if room[1] == "confidential" or row.name not in NAMED or (hidden and row.name in NAMED):
        assert found == [], "nothing leaves here by a button"
    else:
        assert (found[0], found[-1] == "wa.me" or "wa.me" in found) == ("data-print", True)
        assert any(part.startswith("ekspor") for part in found) <= (row.name in TABLES_OF)
    main = text.partition("<main")[2].partition("</main>")[0]
    asks = re.search(r"<form[^>]*method=.?post", main) is not None
    known = row.name in NAMED or row.name in NOTHING_TO_SHARE or room[1] == "confidential"
    assert known or asks, "say in exports.bar or here what becomes of it"


def test_only_pages_that_are_there_are_named() -> None:
    assert set(every_url()) >= NAMED
    assert not NAMED & set(NOTHING_TO_SHARE)
    assert set(TABLES_OF) <= NAMED


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(TABLES_OF))
def test_a_page_with_a_table_gives_it_in_both_forms(world: World, name: str) -> None:
    row = next(r for r in PAGES if r.name == name and "safety mode" not in r.because)
    with transaction.atomic():
        path = reverse(name, kwargs=dict(row.params(world.cast)))
        key = next(key for key in reversed(row.answers) if row.answers[key] == OK)
        browser = world.browser(key)
        asked = "?wilayah=52.03" if name == "places:finder" else ""
        page = browser.get(path + asked).content.decode()
        hrefs = re.findall(r'href="(/ekspor/[^"]*)"', page)
        codes = {browser.get(href.replace("&amp;", "&")).status_code for href in hrefs}
        transaction.set_rollback(True)
    assert {resolve(href.partition("?")[0]).kwargs["table"] for href in hrefs} <= {TABLES_OF[name]}
    if name not in ("results:figure", "places:finder"):  # of the one there is no headline here, of the other no area
        assert (len(hrefs), codes) == (3, {200})
