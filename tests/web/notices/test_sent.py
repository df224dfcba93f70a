"""Who sent something sees how far it came, in numbers and without a name."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from simpul.kernel.actor import Member
from simpul.notices.models import Delivery, Notice
from simpul.notices.services.opening import open_notice
from simpul.notices.states import State
from tests.cast import Cast, Played
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, send

SENT = "/pemberitahuan/terkirim/"


def sent_by(played: Played, many: int = 5, **more: Any) -> Notice:
    assert isinstance(played.actor, Member)
    users = [make_user(email=f"{n}.{more.get('now', NOW):%H%M}@example.org") for n in range(many)]
    return send(*users, actor=played.actor, **more)


def text(client: Any, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode().partition("<main")[2]).split())


def test_a_sender_reads_how_many_opened_it_and_what_failed(cast: Cast) -> None:
    notice = sent_by(cast.dewi)
    for recipient in notice.recipients.all()[:3]:
        open_notice(member(recipient.user), recipient, now=NOW)
    waiting = Delivery.objects.filter(recipient__notice=notice, recipient__opened_at=None)
    Delivery.objects.filter(recipient__opened_at__isnull=False).update(state=State.SPARED, due_at=None, settled_at=NOW)
    first, second = waiting
    Delivery.objects.filter(pk=first.pk).update(state=State.SENT, due_at=None, settled_at=NOW)
    Delivery.objects.filter(pk=second.pk).update(state=State.GIVEN_UP, error="refused", due_at=None, settled_at=NOW)
    browser = cast.dewi.client()
    assert "Sudah dibuka 3 dari 5" in text(browser, SENT)
    path = reverse("notices:standing", args=[notice.pk])
    page = text(browser, path)
    assert "Sudah dibuka 3 dari 5" in page
    assert "Surel 1 diserahkan ke server surel, 1 gagal, 3 tidak diperlukan lagi" in page
    assert "example.org" not in page
    assert "1 pesan dicoba lagi" in browser.post(path, follow=True).content.decode()
    assert "Tidak ada yang gagal" in browser.post(path, follow=True).content.decode()
    assert "Coba lagi" not in text(browser, path)


def test_who_sent_nothing_reads_so(cast: Cast) -> None:
    sent_by(cast.dewi)
    assert "Anda belum mengirim apa-apa" in text(cast.ani.client(), SENT)


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_many(cast: Cast, django_assert_num_queries: Any, many: int) -> None:
    browser = cast.dewi.client()
    browser.get(SENT)
    for n in range(many):
        sent_by(cast.dewi, 2, now=NOW + timedelta(minutes=n))
    with django_assert_num_queries(6):  # session, account, grants, node; what was sent, how many opened
        browser.get(SENT)


def test_pages_follow_one_another(cast: Cast) -> None:
    for n in range(21):
        sent_by(cast.dewi, 1, now=NOW + timedelta(minutes=n))
    browser = cast.dewi.client()
    first = browser.get(SENT)
    assert len(first.context["rows"]) == 20
    assert len(browser.get(SENT + first.context["older"]).context["rows"]) == 1
    assert len(browser.get(SENT + "?setelah=bukan-kunci").context["rows"]) == 20
