"""The pages of lists and events: no name unasked, sent once, the same cost for one and three."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from simpul.audit.models import Act
from simpul.cases.models import Case, OutreachCount, QueueEntry, QueueTicket
from simpul.cases.services.outreach import count_outreach
from simpul.cases.services.tickets import add_to_ticket, open_ticket
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, village

NAME, NIK = "Inaq Contohwati", "9903994107640001"


def a_list(cast: Cast, people: int = 1) -> QueueTicket:
    ticket = open_ticket(MAKER, cast.lentera, area=village(), service_on=NOW.date(), place="Balai desa", now=NOW)
    for _ in range(people):
        person = {"name": NAME, "nik": NIK, "age_stated": 61, "sex": "P"}
        add_to_ticket(MAKER, ticket, person=person, documents=["family_card", "photo"], now=NOW)
    return ticket


def an_event(cast: Cast) -> OutreachCount:
    return count_outreach(
        MAKER, cast.lentera, area=village(), held_on=NOW.date(), topic="rights", women=30, men=12, now=NOW
    )


def at(name: str, *keys: object) -> str:
    return reverse(f"tickets:{name}", args=keys)


def text(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def where(cast: Cast) -> dict[str, Any]:
    area = village()
    return {"key": str(uuid7()), "group": str(cast.lentera.pk), "area": area.code, "area-teks": area.title}


def test_a_list_is_begun_filled_and_told_of(cast: Cast) -> None:
    browser = cast.ani.client()
    begun = {**where(cast), "service_on": "2025-03-03", "place": "Balai desa", "provider": ""}
    for _ in range(2):
        assert browser.post(at("new"), begun).status_code == 302
    ticket = QueueTicket.objects.get()
    told = {"key": str(uuid7()), "name": NAME, "nik": NIK, "documents": ["family_card"], "age_stated": "61"}
    for _ in range(2):
        assert browser.post(at("add", ticket.pk), told).status_code == 302
    entry = QueueEntry.objects.get()
    results = {"seen": entry.version, "on": "2025-03-03", "paper-family_card": "done"}
    answer = browser.post(at("results", entry.pk), results)
    assert answer["Location"] == at("ticket", ticket.pk)
    assert entry.documents.get().result == "done"
    assert not Case.objects.exists()


def test_what_was_typed_stays_when_something_is_missing(cast: Cast) -> None:
    ticket = a_list(cast, people=0)
    answer = cast.ani.client().post(at("add", ticket.pk), {"key": str(uuid7()), "name": NAME})
    assert answer.status_code == 422
    assert NAME in answer.content.decode()
    assert not QueueEntry.objects.exists()


def test_names_show_on_a_press_and_it_is_recorded(cast: Cast) -> None:
    ticket, browser = a_list(cast), cast.ani.client()
    entry = QueueEntry.objects.get()
    for path in (at("list"), at("ticket", ticket.pk), at("results", entry.pk)):
        page = text(browser, path)
        assert NAME not in page
        assert NIK not in page
    assert [act.details for act in Act.objects.filter(act="cases.open_list")] == [{"names": False}]
    answer = browser.post(at("ticket", ticket.pk))
    page = answer.content.decode()
    assert NAME in page
    assert NIK not in page
    assert "990399••••••0001" in page
    assert "no-store" in answer["Cache-Control"]
    assert Act.objects.filter(act="cases.open_list").latest("pk").details == {"names": True}


def test_somebody_who_does_not_come_is_taken_off(cast: Cast) -> None:
    ticket, browser = a_list(cast), cast.ani.client()
    browser.post(at("remove", QueueEntry.objects.get().pk))
    assert NAME not in browser.post(at("ticket", ticket.pk)).content.decode()


def test_an_event_is_counted_once_and_can_be_withdrawn(cast: Cast) -> None:
    browser = cast.ani.client()
    told = {**where(cast), "held_on": "2025-03-03", "topic": "rights", "women": "30", "men": "12"}
    for _ in range(2):
        assert browser.post(at("outreach-new"), told).status_code == 302
    event = OutreachCount.objects.get()
    assert "42" in text(browser, at("outreach"))
    browser.post(at("outreach-withdraw", event.pk))
    assert "42" not in text(browser, at("outreach"))


def test_a_mark_nobody_made_is_the_first_page(cast: Cast) -> None:
    a_list(cast)
    page = text(cast.ani.client(), at("list") + "?setelah=2025-99-01_x")
    assert page.count('<li class="card">') == 1


def test_the_next_page_goes_on_where_the_last_one_ended(cast: Cast) -> None:
    for _ in range(31):
        an_event(cast)
    browser = cast.ani.client()
    first = browser.get(at("outreach"))
    assert first.content.decode().count('<li class="card">') == 30
    assert text(browser, at("outreach") + first.context["older"]).count('<li class="card">') == 1


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_and_three(cast: Cast, django_assert_num_queries: Any, number: int) -> None:
    ticket, browser = a_list(cast, people=number), cast.ani.client()
    for _ in range(number - 1):
        a_list(cast, people=0)
    for _ in range(number):
        an_event(cast)
    browser.get(at("list"))
    for path, queries in ((at("list"), 7), (at("ticket", ticket.pk), 10), (at("outreach"), 6)):
        with django_assert_num_queries(queries):
            page = text(browser, path)
        assert page.count('<li class="card">') == number


def test_a_name_is_corrected_on_a_page_that_notes_that_it_was_shown(cast: Cast) -> None:
    ticket, browser = a_list(cast), cast.ani.client()
    entry = QueueEntry.objects.get()
    page = text(browser, at("correct", entry.pk))
    assert NAME in page
    assert [act.details for act in Act.objects.filter(act="cases.open_list")] == [{"names": True}]
    told = {"seen": entry.version, "name": "Inaq Benar", "nik": NIK, "sex": "P", "age_stated": "61"}
    assert browser.post(at("correct", entry.pk), told)["Location"] == at("ticket", ticket.pk)
    assert "Inaq Benar" in browser.post(at("ticket", ticket.pk)).content.decode()
    assert browser.post(at("correct", entry.pk), told).status_code == 422
