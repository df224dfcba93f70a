"""What every part of the casework uses: the clock on the wall of the village, who acts, and consent as it is spoken."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from simpul.access.queries import actor_for
from simpul.cases.services.consents import give_consent
from simpul.cases.services.referral_answers import answer_referral, note_opened
from simpul.cases.services.referral_links import issue_link, open_link
from simpul.deadlines.services.watching import check_clocks
from simpul.demo.keys import key_of
from simpul.demo.steps import DEMO
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.time import Zone
from simpul.organisations.models import ServicePoint
from simpul.people.models import Person

LONG: Final = date(2027, 12, 31)  # until when what was agreed to stands, at least
YEAR: Final = timedelta(days=365)
RECORD, FIGURES = "record", "aggregate"


def wita(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant as the clock in Lentera Jati has it."""
    return datetime(year, month, day, hour, minute, tzinfo=Zone.WITA.info).astimezone(UTC)


def ago(**delta: float) -> datetime:
    """An instant before this one: what waits at the desk waits whenever the demo is loaded."""
    return timezone.now() - timedelta(**delta)


def acting(key: str, now: datetime) -> Actor:
    """One of the cast, with the rights they held then."""
    return actor_for(key_of(f"user/{key}"), now=now, second_factor=True)


def person(key: str) -> Person:
    return Person.objects.get(pk=key_of(f"person/{key}"))


def board_member(name: str) -> Person:
    rows = Person.objects.filter(name=name, affiliations__organisation=key_of("organisation/lentera"))
    return rows.distinct().get()


def office(key: str) -> ServicePoint:
    return ServicePoint.objects.get(pk=key_of(f"service-point/{key}"))


def watch(*instants: datetime) -> None:
    """The round over deadlines, as the platform walked it at those times."""
    for now in instants:
        check_clocks(DEMO, now=now)


def spoken(
    key: str, party: Any, purposes: Collection[str], now: datetime, *, capacity: str = "self", **said: Any
) -> Any:
    """Agreed to in Sasak, with a witness, as most people here do."""
    return give_consent(
        acting(key, now), party, capacity=capacity, purposes=purposes, language=said.pop("language", "sas"),
        manner="spoken", witness=said.pop("witness", "Maknah"), expires_on=max(LONG, now.date() + YEAR), now=now,
        **said,
    )  # fmt: skip


def victim(case: Any) -> Any:
    return case.parties.filter(role="victim").order_by("pk").first()


def answered_by_link(sender: str, referral: Any, *answers: tuple[datetime, str, str]) -> None:
    """The office opens the link with the PIN it was told by telephone, on one device, and answers: (when, act, words).

    The first answer follows three minutes after the link was made.
    """
    issued = issue_link(acting(sender, answers[0][0]), referral, now=answers[0][0] - timedelta(minutes=3))
    device: dict[UUID, str] = {}
    for at, act, words in answers:
        bearer = open_link(issued.token, pin=issued.pin, held_secrets=device, now=at)
        device[bearer.link_id] = bearer.secret
        note_opened(Anonymous(), referral, now=at, bearer=bearer)
        answer_referral(Anonymous(), referral, act=act, words=words, now=at, bearer=bearer)
