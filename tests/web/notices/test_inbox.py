"""The bell, the inbox, and where a notice leads."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from simpul.accounts.models import User
from simpul.kernel.refs import RecordRef
from simpul.notices.models import Notice, Recipient
from simpul.organisations.models import Organisation
from tests.cast import Cast, Played
from tests.factories.notices import NOW, PARAMS, TOLD, send

INBOX = "/pemberitahuan/"


def user(played: Played) -> User:
    assert played.user is not None
    return played.user


def entry(notice: Notice, played: Played) -> Recipient:
    return notice.recipients.get(user=user(played))


def shown(client: Any, path: str = INBOX) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_inbox_says_what_came_and_the_bell_how_many(cast: Cast) -> None:
    browser = cast.ani.client()
    assert "Belum ada pemberitahuan" in shown(browser)
    send(user(cast.ani), kind=TOLD.key, params=PARAMS, about=cast.lentera.ref)
    page = shown(browser)
    assert re.findall("<p>(K7Q2.+?)</p>", page) == ["K7Q2-M4TD / 9\xa0Februari 2025 / 1.200"]
    assert "Kelompok Konstituen Lentera" in page
    assert "Pemberitahuan: 1 belum dibuka" in page
    assert "Pemberitahuan: 1 belum dibuka" in shown(browser, "/")
    assert "belum dibuka" not in shown(cast.budi.client())


def test_the_bell_counts_to_nine(cast: Cast) -> None:
    for _ in range(11):
        send(user(cast.ani))
    assert '<b aria-hidden="true">9+</b>' in shown(cast.ani.client(), "/")


@pytest.mark.parametrize("many", [1, 3])
def test_the_inbox_costs_the_same_however_many(cast: Cast, django_assert_num_queries: Any, many: int) -> None:
    browser = cast.ani.client()
    shown(browser)
    for n in range(many):
        send(user(cast.ani), about=cast.lentera.ref, now=NOW + timedelta(minutes=n))
    with django_assert_num_queries(7):  # session, account, grants with the bell, node; two of the inbox, one of titles
        shown(browser)


def test_fetching_opens_nothing_and_pressing_leads_to_the_record(cast: Cast) -> None:
    browser = cast.ani.client()
    row = entry(send(user(cast.ani), about=cast.lentera.ref), cast.ani)
    path = reverse("notices:notice", args=[row.pk])
    shown(browser)
    assert "Buka" in shown(browser, path)
    row.refresh_from_db()
    assert row.opened_at is None
    response = browser.post(path)
    assert response.headers["Location"] == reverse("organisations:profile", args=[cast.lentera.pk])
    row.refresh_from_db()
    assert row.opened_at is not None


def test_a_record_that_is_gone_is_said_to_be_gone(cast: Cast) -> None:
    browser = cast.ani.client()
    row = entry(send(user(cast.ani)), cast.ani)
    path = reverse("notices:notice", args=[row.pk])
    assert browser.post(path).headers["Location"] == path
    assert "Tidak ada lagi yang perlu dibuka" in shown(browser, path)
    row.refresh_from_db()
    assert row.opened_at is not None


def test_a_record_out_of_sight_answers_as_one_that_is_gone(cast: Cast) -> None:
    browser = cast.hasan.client()
    Organisation.objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    hidden, gone = (
        entry(send(user(cast.hasan), about=ref), cast.hasan)
        for ref in (cast.lentera.ref, RecordRef(cast.lentera.ref.kind, UUID(int=7)))
    )
    pages = [shown(browser, reverse("notices:notice", args=[row.pk])) for row in (hidden, gone)]
    assert all("Tidak ada lagi yang perlu dibuka" in page for page in pages)
    assert "Lentera" not in pages[0]
    assert "Lentera" not in shown(browser)


def test_all_is_marked_as_read_but_what_is_urgent(cast: Cast) -> None:
    browser = cast.ani.client()
    send(user(cast.ani))
    send(user(cast.ani), urgent=True)
    page = browser.post("/pemberitahuan/baca-semua/", follow=True).content.decode()
    assert "1 pemberitahuan ditandai sudah dibaca" in page
    assert "Pemberitahuan: 1 belum dibuka" in page
    assert "Tandai semua sudah dibaca" not in page
    again = browser.post("/pemberitahuan/baca-semua/", follow=True).content.decode()
    assert "Tidak ada yang ditandai" in again


def test_a_kind_of_an_earlier_version_is_still_a_line(cast: Cast) -> None:
    notice = send(user(cast.ani))
    Notice.objects.filter(pk=notice.pk).update(kind="tests.forgotten")
    assert "Pemberitahuan dari versi lama" in shown(cast.ani.client())


def test_pages_follow_one_another(cast: Cast) -> None:
    browser = cast.ani.client()
    for n in range(21):
        send(user(cast.ani), now=NOW + timedelta(minutes=n))
    first = browser.get(INBOX)
    assert len(first.context["rows"]) == 20
    second = browser.get(INBOX + first.context["older"])
    assert (len(second.context["rows"]), second.context["older"]) == (1, "")
    assert len(browser.get(INBOX + "?setelah=bukan-kunci").context["rows"]) == 20


def test_what_is_urgent_is_first_on_the_home_until_it_is_opened(cast: Cast) -> None:
    browser = cast.ani.client()
    with CaptureQueriesContext(connection) as before:
        assert "Mendesak, dan belum Anda buka" not in shown(browser, "/")
    send(user(cast.ani))
    assert "Mendesak, dan belum Anda buka" not in shown(browser, "/")
    row = entry(send(user(cast.ani), urgent=True, kind=TOLD.key, params=PARAMS, about=cast.lentera.ref), cast.ani)
    with CaptureQueriesContext(connection) as after:
        page = shown(browser, "/")
    assert page.index("Mendesak, dan belum Anda buka") < page.index("K7Q2-M4TD")
    assert len(after) <= min(len(before) + 2, 12)  # what is urgent, and what its records are called
    browser.post(reverse("notices:notice", args=[row.pk]))
    assert "Mendesak, dan belum Anda buka" not in shown(browser, "/")
