"""Opening is its reader's own act, is noted once, and calls off what would go on to others."""

from datetime import timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Denied
from simpul.notices.models import Notice, Recipient
from simpul.notices.services.opening import clear_inbox, open_notice, open_notices_about
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, SENDER, about, send
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


def entry(notice: Notice) -> Recipient:
    return notice.recipients.get()


@audits(open_notice)
def test_opening_is_noted_once_with_its_first_instant() -> None:
    ani = make_user()
    row = entry(send(ani))
    for when in (LATER, LATER + timedelta(hours=1)):
        assert open_notice(member(ani), row, now=when).opened_at == LATER
    assert [a.act for a in Act.objects.order_by("id")] == ["notices.send_notice", "notices.open_notice"]


@denies(open_notice)
def test_nobody_opens_for_another_not_even_the_platform() -> None:
    row = entry(send(make_user()))
    for actor in (member(make_user()), Anonymous(), SENDER):
        with pytest.raises(Denied) as raised:
            open_notice(actor, row, now=LATER)
        assert raised.value.permission == "notice.read"
    assert entry(row.notice).opened_at is None


def test_a_clock_behind_the_senders_leaves_the_order_whole() -> None:
    ani = make_user()
    row = entry(send(ani))
    assert open_notice(member(ani), row, now=NOW - timedelta(seconds=2)).opened_at == NOW


def test_one_who_opens_an_urgent_one_calls_off_the_rest() -> None:
    ani, budi = make_user(), make_user()
    notice = send(ani, budi, urgent=True, chain=[make_user()])
    open_notice(member(budi), notice.recipients.get(user=budi), now=LATER)
    notice.refresh_from_db()
    assert notice.escalate_at is None


@audits(open_notices_about)
def test_coming_to_the_record_opens_what_the_inbox_says_of_it() -> None:
    ani, budi, record = make_user(), make_user(), about()
    mine = [send(ani, budi, about=record), send(ani, about=record, urgent=True, chain=[budi])]
    other = send(ani)
    assert open_notices_about(member(ani), record, now=LATER) == 2
    assert open_notices_about(member(ani), record, now=LATER) == 0
    opened = set(Recipient.objects.filter(opened_at=LATER).values_list("notice_id", "user_id"))
    assert opened == {(n.pk, ani.pk) for n in mine}
    assert entry(other).opened_at is None
    assert not Notice.objects.filter(escalate_at__isnull=False).exists()
    assert Act.objects.filter(act="notices.open_notices_about").get().details == {"opened": 2}


@audits(clear_inbox)
def test_marking_all_leaves_what_is_urgent() -> None:
    ani, budi = make_user(), make_user()
    plain, urgent = send(ani, budi), send(ani, urgent=True, chain=[budi])
    assert clear_inbox(member(ani), now=LATER) == 1
    assert clear_inbox(member(ani), now=LATER) == 0
    opened = Recipient.objects.filter(opened_at=LATER)
    assert [(r.notice_id, r.user_id) for r in opened] == [(plain.pk, ani.pk)]
    urgent.refresh_from_db()
    assert urgent.escalate_at is not None
    assert Act.objects.filter(act="notices.clear_inbox").get().details == {"opened": 1}


@denies(open_notices_about, clear_inbox)
def test_who_has_no_inbox_opens_nothing() -> None:
    send(make_user(), about=(record := about()))
    for actor in (Anonymous(), SENDER):
        with pytest.raises(Denied):
            open_notices_about(actor, record, now=LATER)
        with pytest.raises(Denied):
            clear_inbox(actor, now=LATER)
    assert not Recipient.objects.filter(opened_at__isnull=False).exists()
