"""The organiser's pages of an event that has everything, with long names: on a phone and at a desk, one sign-in each.

The walk over every page (`test_axe.py`) sees each with next to nothing on it; here nothing is cut off or sticks out.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from simpul.activities.kinds import AnswerKind, NoteKind
from simpul.activities.models import Event, Session
from simpul.activities.services.actions import add_action
from simpul.activities.services.attendance import walk_in
from simpul.activities.services.feedback import open_feedback
from simpul.activities.services.letters import invite_person
from simpul.activities.services.minutes import write_minutes
from simpul.activities.services.notes import write_note
from simpul.activities.services.questions import add_question
from simpul.activities.services.seats import reserve_seats
from simpul.kernel.localized import LocalizedText
from tests.browser.arriving import fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE, Screen, opened
from tests.browser.test_desk import sits_down
from tests.cast import Cast
from tests.factories.activities import SYSTEM, enrol, make_event, session_of, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Raden Ayu Siti Nurhalimatussa'diyah Kusumawardhani binti Lalu Muhammad Zainuddin"
OFFICE = "Kepala Bidang Pemberdayaan Masyarakat dan Pemerintahan Desa/Kelurahan"
OF_EVENT = (
    "activities:manage", "activities:programme", "activities:papers", "activities:participants", "inviting:invitations",
    "inviting:seats", "inviting:questions", "activities:attendance", "inviting:transport", "outcomes:minutes",
    "outcomes:actions", "outcomes:feedback", "outcomes:certificates", "outcomes:scores",
)  # fmt: skip
OF_SESSION = ("activities:door", "activities:walk-in", "activities:signed", "offline:notes", "offline:door")


def full(cast: Cast) -> tuple[Event, Session]:
    """It has begun, so that there is a door, and what comes afterwards as well."""
    now = timezone.now().replace(microsecond=0)
    event = make_event(cast.forum, starts_at=now - timedelta(hours=1), capacity=40, now=now - timedelta(days=9))
    session, before = session_of(event), now - timedelta(days=5)
    label = LocalizedText(id="Apa yang paling ingin Anda pelajari dari pertemuan yang panjang ini?")
    add_question(SYSTEM, event, kind=AnswerKind.ONE, label=label, choices=("Anggaran", "Layanan"), now=before)
    reserve_seats(SYSTEM, event, organisation=cast.lentera, seats=4, until=now - timedelta(hours=2), now=before)
    invite_person(SYSTEM, event, name=LONG, office=OFFICE, reach="0800-000-1234", now=before)
    enrol(event, somebody(LONG, answers={}), now=before)
    for number in range(5):
        walk_in(SYSTEM, session, details=somebody(f"{LONG} {number}"), now=now)
    write_note(SYSTEM, session, kind=NoteKind.DECIDED, text=f"{OFFICE} hadir setiap Selasa. " * 4, now=now)
    words = {"agenda": OFFICE, "discussion": OFFICE, "decisions": [OFFICE], "signers": [(LONG, OFFICE)]}
    write_minutes(SYSTEM, event, seen=0, number="021/XI/2026", led_by=LONG, written_by=LONG, **words, now=now)
    due = timezone.localdate() + timedelta(days=9)
    add_action(SYSTEM, event, words=OFFICE * 2, due_on=due, organisation=cast.lentera, now=now)
    open_feedback(SYSTEM, event, questions=["useful", "best"], now=now)
    return event, session


def fault(page: Page) -> list[str]:
    return [*violations(page), *([] if fits(page) else ["it sticks out sideways"])]


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_no_organisers_page_of_a_full_event_has_a_fault(
    chromium: Browser, site: str, cast: Cast, screen: Screen
) -> None:
    event, session = full(cast)
    addresses = [reverse(name, args=[event.pk]) for name in OF_EVENT]
    addresses += [reverse(name, args=[session.pk]) for name in OF_SESSION]
    found = {}
    with opened(chromium, site, screen) as page:
        sits_down(page, site, cast.eko)
        for address in ("/kelola/kegiatan/", *addresses):
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            found[address] = fault(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
