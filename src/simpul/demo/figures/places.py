"""Where the counts of the demo lie: in invented villages of real districts, so that nothing hangs on a real village."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Final

from simpul.demo.acceptance.plan import make_plan
from simpul.demo.figures.plan import LOMBOK, regencies
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.kernel.time import PartialDate
from simpul.organisations.models import Organisation
from simpul.organisations.services.village_groups import form_village_group
from simpul.territory.queries.areas import area, children, villages
from simpul.territory.services.demo import load_demo_villages

# Numbers no village has: real ones of a district do not come that far.
WEST, EAST = "2998", "2999"
STORY: Final = "52.03"  # its groups are there already
FORMED: Final = date(2023, 11, 20)


def load_places() -> None:
    """Two villages in each district of Lombok, one in a regency of the programme; a group in each of Lombok's regencies
    that has none.
    """
    now = datetime(FORMED.year, FORMED.month, FORMED.day, 2, tzinfo=UTC)
    load_demo_villages(DEMO, {code: name for regency in regencies() for code, name in _named(regency)}, now=now)
    villages_of.cache_clear()
    for regency in LOMBOK:
        if regency != STORY:
            seat = area(villages_of(regency)[0])
            form_village_group(
                DEMO, name=f"Kelompok Konstituen {seat.name}", village=seat, founded=PartialDate(FORMED), now=now,
                id=key_of(f"organisation/group/{regency}"),
            )  # fmt: skip


def _named(regency: str) -> list[tuple[str, str]]:
    districts = [one for one in children(regency) if not one.invented]
    if regency not in LOMBOK:
        return [(f"{districts[0].code}.{WEST}", f"Contoh {districts[0].name}")] if districts else []
    sides = ((WEST, "Barat"), (EAST, "Timur"))
    return [(f"{one.code}.{end}", f"Contoh {one.name} {side}") for one in districts for end, side in sides]


@cache
def villages_of(regency: str) -> tuple[str, ...]:
    """The invented ones of a regency, the story's first."""
    found = villages(regency).filter(invented=True).values_list("code", flat=True)
    return tuple(sorted(found, key=lambda code: (not code.startswith(f"{STORY}.99"), code[-4:], code)))


@cache
def _leads() -> dict[str, str]:
    return {forum.regency: forum.members[0] for forum in make_plan().forums}


def keeper_of(regency: str) -> Organisation:
    """Whose counts they are."""
    if regency == STORY:
        return organisation("support")
    return organisation(f"group/{regency}" if regency in LOMBOK else _leads()[regency])


def place_of(regency: str, number: int) -> str:
    """The code of the village with that number, counted round."""
    places = villages_of(regency)
    return places[number % len(places)]
