"""Quiet hours: what can wait does, in the reader's own zone; what is urgent does not."""

from datetime import UTC, datetime, time

import pytest

from simpul.kernel.time import Zone
from simpul.notices.models import Delivery, Preference
from simpul.notices.planning import not_before, plan
from tests.factories.accounts import make_user
from tests.factories.notices import NOW, send
from tests.notices.browsers import subscribed


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 2, day, hour, minute, tzinfo=UTC)


def quiet(start: int, end: int, zone: Zone = Zone.WIB) -> Preference:
    return Preference(zone=zone, quiet_from=time(start), quiet_until=time(end))


@pytest.mark.parametrize(
    ("wish", "now", "due"),
    [
        (Preference(), at(7, 17), at(7, 17)),
        (quiet(21, 5), at(7, 13, 59), at(7, 13, 59)),  # 20.59 WIB
        (quiet(21, 5), at(7, 14), at(7, 22)),  # 21.00 WIB, until 05.00 of the next day
        (quiet(21, 5), at(7, 20), at(7, 22)),  # 03.00 WIB
        (quiet(21, 5), at(7, 22), at(7, 22)),  # 05.00 WIB: over
        (quiet(21, 5, Zone.WIT), at(7, 12), at(7, 20)),  # 21.00 WIT
        (quiet(12, 13), at(7, 5, 30), at(7, 6)),  # 12.30 WIB
        (quiet(12, 13), at(7, 6), at(7, 6)),
    ],
)
def test_what_can_wait_waits_for_the_end_of_the_quiet_hours(wish: Preference, now: datetime, due: datetime) -> None:
    assert not_before(wish, now) == due


@pytest.mark.django_db
@pytest.mark.parametrize(("urgent", "due"), [(False, at(7, 22)), (True, at(7, 14))])
def test_what_is_urgent_does_not_wait(urgent: bool, due: datetime) -> None:
    ani = make_user(email="ani@example.org")
    Preference.objects.create(user=ani, quiet_from=time(21), quiet_until=time(5))
    send(ani, now=at(7, 14), urgent=urgent)
    assert Delivery.objects.get().due_at == due


@pytest.mark.django_db
def test_each_is_told_where_they_can_be_reached(settings: object) -> None:
    settings.MESSAGE_GATEWAY_URL = "https://gateway.example.org"  # type: ignore[attr-defined]
    reachable = make_user(email="a@example.org", phone="+6281234567890")
    subscribed(reachable, "https://fcm.googleapis.com/abc")
    Preference.objects.create(user=reachable, gateway=True)
    bare = make_user()
    found = plan([reachable, bare], urgent=False, now=NOW)
    assert {key: [channel for channel, _due in row] for key, row in found.items()} == {
        reachable.pk: ["mail", "push", "gateway"],
        bare.pk: [],
    }


@pytest.mark.django_db
def test_a_real_deployment_without_mail_server_queues_no_mail(settings: object) -> None:
    settings.PRODUCTION, settings.MAIL_LEAVES = True, False  # type: ignore[attr-defined]
    send(make_user(email="ani@example.org"))
    assert not Delivery.objects.exists()
