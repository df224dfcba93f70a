"""An inbox is one's own: unread first, the newest first, every notice on exactly one page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import NotFound
from simpul.notices.models import Recipient
from simpul.notices.queries.inbox import PAGE, inbox_page, recipient_for, waiting_for
from simpul.notices.services.opening import open_notice
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, SENDER, send

pytestmark = pytest.mark.django_db


def test_everything_is_on_one_page_and_one_alone() -> None:
    ani = make_user()
    sent = [send(ani, now=NOW + timedelta(minutes=n // 3)) for n in range(2 * PAGE + 7)]
    send(make_user())
    for notice in sent[:PAGE]:
        open_notice(member(ani), notice.recipients.get(), now=NOW + timedelta(hours=1))
    pages, after = [], None
    while True:
        page = inbox_page(member(ani), after=after)
        pages.append(page.rows)
        after = page.after
        if after is None:
            break
    assert [len(rows) for rows in pages] == [PAGE, PAGE, 7]
    shown = [row for rows in pages for row in rows]
    assert len({row.pk for row in shown}) == len(sent)
    assert shown == sorted(shown, key=lambda r: (r.opened_at is None, r.added_at, r.pk), reverse=True)


def test_a_page_costs_two_queries(django_assert_num_queries: Any) -> None:
    ani = make_user()
    for n in range(3):
        send(ani, now=NOW + timedelta(minutes=n))
        with django_assert_num_queries(2):
            assert len(inbox_page(member(ani)).rows) == n + 1


def test_another_inbox_answers_as_none() -> None:
    ani, hasan = make_user(), make_user()
    row = send(ani).recipients.get()
    for actor in (member(hasan), Anonymous(), SENDER):
        for wanted in (row.pk, UUID(int=7)):
            with pytest.raises(NotFound):
                recipient_for(actor, wanted)
        assert inbox_page(actor).rows == []
        assert inbox_page(actor, after=row.pk).rows == []
    assert recipient_for(member(ani), row.pk) == row


def test_what_waits_is_the_urgent_first() -> None:
    ani = make_user()
    old = send(ani, urgent=True)
    new = send(ani, now=NOW + timedelta(minutes=1))
    read = send(ani, now=NOW + timedelta(minutes=2))
    open_notice(member(ani), read.recipients.get(), now=NOW + timedelta(minutes=3))
    assert [r.notice for r in waiting_for(member(ani))] == [old, new]
    assert Recipient.objects.count() == 3
