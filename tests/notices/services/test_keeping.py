"""What was read a year ago is removed; what nobody read stays."""

from datetime import timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Denied
from simpul.notices.models import Delivery, Notice, PushSubscription, Recipient
from simpul.notices.services import keeping
from simpul.notices.services.keeping import KEPT, remove_old
from simpul.notices.services.opening import open_notice
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, SENDER, send
from tests.marks import audits, denies
from tests.notices.browsers import device_of, subscribed

pytestmark = pytest.mark.django_db
OPENED = NOW + timedelta(days=2)


@audits(remove_old)
def test_what_was_read_over_a_year_ago_goes_and_the_rest_stays() -> None:
    ani, budi = make_user(email="a@example.org"), make_user()
    read, half, unread = send(ani), send(ani, budi), send(ani)
    for notice in (read, half):
        open_notice(member(ani), notice.recipients.get(user=ani), now=OPENED)
    assert remove_old(SENDER, now=OPENED + KEPT) == 0
    later = OPENED + KEPT + timedelta(seconds=1)
    assert remove_old(SENDER, now=later) > 0
    assert remove_old(SENDER, now=later) == 0
    assert set(Notice.objects.all()) == {half, unread}
    assert set(Recipient.objects.values_list("notice", "user")) == {(half.pk, budi.pk), (unread.pk, ani.pk)}
    assert Delivery.objects.count() == 1
    assert Act.objects.get(act="notices.remove_old").details["browsers"] == 0


def test_it_goes_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "BATCH", 2)
    ani = make_user()
    for _ in range(5):
        open_notice(member(ani), send(ani).recipients.get(), now=OPENED)
    remove_old(SENDER, now=OPENED + 2 * KEPT)
    assert (Recipient.objects.count(), Notice.objects.count()) == (0, 0)
    assert Act.objects.filter(act="notices.remove_old").count() == 3


def test_browsers_of_lost_phones_are_forgotten() -> None:
    ani = make_user()
    lost = device_of(ani)
    subscribed(ani, "https://fcm.googleapis.com/lost", device=lost)
    kept = subscribed(ani, "https://fcm.googleapis.com/kept")
    type(lost).objects.filter(pk=lost.pk).update(revoked_at=NOW)
    remove_old(SENDER, now=OPENED)
    assert list(PushSubscription.objects.all()) == [kept]


@denies(remove_old)
def test_no_person_does_it() -> None:
    with pytest.raises(Denied):
        remove_old(member(make_user(), ["node.configure"]), now=NOW)
