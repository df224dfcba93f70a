"""Certificates for many: given out by the worker, with its progress on the page; stopped half-way nothing is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from simpul.access.models import Grant
from simpul.activities.models import Certificate, Event
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.life import cancel_event, hold_event
from simpul.kernel.errors import SimpulError
from simpul.web.outcomes.tasks import AT_ONCE, give_out, is_going_on
from tests.cast import Cast
from tests.factories.activities import SYSTEM, came, make_event, somebody

pytestmark = pytest.mark.django_db(transaction=False)
MANY = AT_ONCE + 7


def earned(cast: Cast, people: int, *, held: bool = True) -> Event:
    now = timezone.now()
    event = make_event(cast.forum, starts_at=now - timedelta(days=1), now=now - timedelta(days=3))
    came(event, *(somebody() for _number in range(people)))
    set_certificate_rule(SYSTEM, event, measure="sessions", least=1, signer="Ibu Ketua", now=now)
    return hold_event(SYSTEM, event, now=now) if held else event


@pytest.fixture
def eko(cast: Cast) -> Client:
    return cast.eko.client()


def pages(event: Event) -> tuple[str, str]:
    page = f"/kelola/kegiatan/{event.pk}/sertifikat/"
    return page, f"{page}terbitkan/"


def test_a_few_are_given_out_at_once(cast: Cast, eko: Client) -> None:
    page, button = pages(earned(cast, 3))
    assert eko.post(button).headers["Location"] == page
    assert (Certificate.objects.count(), DBTaskResult.objects.count()) == (3, 0)


def test_many_are_given_out_by_the_worker_and_the_page_shows_how_far(
    cast: Cast, eko: Client, django_capture_on_commit_callbacks: object
) -> None:
    event = earned(cast, MANY)
    page, button = pages(event)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        eko.post(button)
    assert not Certificate.objects.exists()  # nothing in the request
    issue_certificates(SYSTEM, event, now=timezone.now(), most=20)
    shown = eko.get(page)
    assert shown.headers["Refresh"] == "3"
    assert f"20 dari {MANY} sertifikat sudah diterbitkan" in shown.content.decode()
    assert "terbitkan/" not in shown.content.decode()  # no second button while the worker is at it
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        eko.post(button)  # nor a second task
    (task,) = DBTaskResult.objects.all()
    give_out.call(*task.args_kwargs["args"])
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    assert Certificate.objects.count() == MANY
    assert "Refresh" not in eko.get(page).headers


def test_killed_half_way_it_goes_on_and_nobody_has_two(cast: Cast, eko: Client) -> None:
    event = earned(cast, MANY)
    issue_certificates(SYSTEM, event, now=timezone.now(), most=AT_ONCE)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert "Terbitkan 7 sertifikat" in eko.get(pages(event)[0]).content.decode()
    assert cast.eko.user
    for _twice in range(2):
        give_out.call(str(event.pk), str(cast.eko.user.pk), "id")
    assert Certificate.objects.count() == MANY
    assert len(set(Certificate.objects.values_list("turn", flat=True))) == MANY


def test_called_off_meanwhile_none_is_given_and_nothing_breaks(cast: Cast) -> None:
    event = earned(cast, 3, held=False)
    cancel_event(SYSTEM, event, reason="Keliru", now=timezone.now())
    assert cast.eko.user
    give_out.call(str(event.pk), str(cast.eko.user.pk), "id")
    assert not Certificate.objects.exists()
    assert not is_going_on(event)


def test_a_right_that_ended_meanwhile_stops_it(cast: Cast) -> None:
    event = earned(cast, 3)
    assert cast.eko.user
    assert cast.eko.person
    Grant.objects.filter(person=cast.eko.person).delete()
    with pytest.raises(SimpulError):
        give_out.call(str(event.pk), str(cast.eko.user.pk), "id")
    assert not Certificate.objects.exists()
