"""An urgent notice nobody opened goes to the deputy, then to the supervisor, and stops where somebody looks."""

from datetime import datetime, timedelta

import pytest

from simpul.accounts.models import User
from simpul.audit.models import Act
from simpul.kernel.errors import Denied
from simpul.notices.models import Delivery, Notice
from simpul.notices.services.escalating import escalate_due
from simpul.notices.services.opening import open_notice
from simpul.notices.services.sending import PATIENCE
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, SENDER, send
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


def told(notice: Notice) -> list[User]:
    return [r.user for r in notice.recipients.order_by("added_at", "pk")]


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


@audits(escalate_due)
def test_it_goes_to_the_next_every_half_hour() -> None:
    ani, deputy, kartika = make_user(), make_user(email="wakil@example.org"), make_user()
    notice = send(ani, urgent=True, chain=[deputy, kartika])
    assert escalate_due(SENDER, now=at(30) - timedelta(seconds=1)) == 0
    assert escalate_due(SENDER, now=at(30)) == 1
    assert escalate_due(SENDER, now=at(59)) == 0
    assert told(notice) == [ani, deputy]
    assert Delivery.objects.get().recipient.user == deputy
    assert escalate_due(SENDER, now=at(60)) == 1
    assert escalate_due(SENDER, now=at(600)) == 0
    assert told(notice) == [ani, deputy, kartika]
    steps = [(s.place, s.taken_at) for s in notice.steps.order_by("place")]
    assert steps == [(0, at(30)), (1, at(60))]
    acts = Act.objects.filter(act="notices.escalate_notice").order_by("id")
    assert [a.details for a in acts] == [{"place": 0, "to": str(deputy.pk)}, {"place": 1, "to": str(kartika.pk)}]


def test_a_worker_that_was_away_gives_the_deputy_their_half_hour_too() -> None:
    notice = send(make_user(), urgent=True, chain=[make_user(), make_user()])
    assert escalate_due(SENDER, now=at(300)) == 1
    notice.refresh_from_db()
    assert notice.escalate_at == at(300) + PATIENCE


@pytest.mark.parametrize("opener", [0, 1])
def test_one_who_opens_stops_it(opener: int) -> None:
    readers = [make_user(), make_user()]
    notice = send(*readers, urgent=True, chain=[make_user()])
    open_notice(member(readers[opener]), notice.recipients.get(user=readers[opener]), now=at(29))
    assert escalate_due(SENDER, now=at(31)) == 0
    assert set(told(notice)) == set(readers)


def test_a_deputy_who_opens_stops_it() -> None:
    ani, deputy, kartika = make_user(), make_user(), make_user()
    notice = send(ani, urgent=True, chain=[deputy, kartika])
    escalate_due(SENDER, now=at(30))
    open_notice(member(deputy), notice.recipients.get(user=deputy), now=at(40))
    assert escalate_due(SENDER, now=at(60)) == 0
    assert told(notice) == [ani, deputy]


def test_opened_between_the_look_and_the_step_is_seen() -> None:
    """The instant still stands where an older program wrote it; what counts is whether somebody opened."""
    ani = make_user()
    notice = send(ani, urgent=True, chain=[make_user()])
    notice.recipients.update(opened_at=at(10))
    assert escalate_due(SENDER, now=at(30)) == 0
    notice.refresh_from_db()
    assert (told(notice), notice.escalate_at) == ([ani], None)


def test_who_can_no_longer_sign_in_is_passed_over_at_once() -> None:
    ani, gone, kartika = make_user(), make_user(), make_user()
    notice = send(ani, urgent=True, chain=[gone, kartika])
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert escalate_due(SENDER, now=at(30)) == 1
    assert told(notice) == [ani, kartika]
    notice.refresh_from_db()
    assert notice.escalate_at is None


def test_a_chain_of_nobody_ends() -> None:
    ani, gone = make_user(), make_user()
    notice = send(ani, urgent=True, chain=[gone])
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert escalate_due(SENDER, now=at(30)) == 0
    notice.refresh_from_db()
    assert (told(notice), notice.escalate_at) == ([ani], None)


@denies(escalate_due)
def test_no_person_does_it() -> None:
    send(make_user(), urgent=True, chain=[make_user()])
    with pytest.raises(Denied):
        escalate_due(member(make_user(), ["node.configure"]), now=at(60))
