"""One night of the village group: Budi can't be reached, his deputy opens what can't wait, and everybody knows."""

from datetime import UTC, datetime, timedelta
from typing import Final

from simpul.access.models import EmergencyOpening
from simpul.access.queries import actor_for
from simpul.access.services.emergencies import break_glass, close_glass, name_deputy
from simpul.demo.keys import key_of, organisation
from simpul.kernel.actor import Member
from simpul.notices.models import Recipient
from simpul.notices.services.opening import open_notice
from simpul.people.models import Person

NAMED: Final = datetime(2026, 9, 1, 1, 30, tzinfo=UTC)
NIGHT: Final = datetime(2026, 10, 17, 14, 10, tzinfo=UTC)  # ten past ten in the evening in Lombok
REASON: Final = (
    "Puskesmas menelepon: ibu yang didampingi Baiq Lestari harus dirujuk malam ini dan nomornya tidak ada pada siapa "
    "pun yang terjaga. HP Budi mati."
)


def load_emergency() -> None:
    """What was opened is the entry of the head of the division, whose number a companion can't read."""
    group = organisation("lentera")
    name_deputy(_as("budi", NAMED), Person.objects.get(pk=key_of("person/ani")), organisation=group, now=NAMED)
    head = Person.objects.get(name="Baiq Lestari", affiliations__organisation=group, affiliations__division="pengaduan")
    opening = break_glass(
        _as("ani", NIGHT), head.ref, organisation=group, reason=REASON, now=NIGHT, id=key_of("emergency/lentera")
    )
    _read(opening, "kartika", NIGHT + timedelta(minutes=12))
    _read(opening, "budi", NIGHT + timedelta(hours=7))
    close_glass(_as("ani", NIGHT), opening, now=NIGHT + timedelta(minutes=25))


def _as(key: str, now: datetime) -> Member:
    return actor_for(key_of(f"user/{key}"), now=now, second_factor=True)


def _read(opening: EmergencyOpening, key: str, now: datetime) -> None:
    told = Recipient.objects.get(notice__about_id=opening.pk, user=key_of(f"user/{key}"))
    open_notice(_as(key, now), told, now=now)
