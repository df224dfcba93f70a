"""From counts of cases to a batch: the one module that reads `cases.facts`, and only what the finest cells need."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from simpul.cases import facts
from simpul.kernel.errors import Conflict
from simpul.releases.kinds import FORMS, RECODED, age_of, came_of, sex_of
from simpul.releases.places import above, rest_of
from simpul.releases.tables import Level
from simpul.territory.models import Crosswalk
from simpul.territory.queries.crosswalks import successors

_D: Final = facts.Dimension
_FINEST: Final = (_D.VILLAGE, _D.LEADING, _D.SEX, _D.AGE)
Finest = tuple[str, str, str, str, str]  # village, form, sex, age, what came of it


@dataclass(frozen=True, slots=True)
class Corrections:
    """What happened since to those counted in earlier months: it changes nothing that is published. `changed`: stand in
    another cell now; `gone`: are counted no longer, having taken their consent back or been entered twice.
    """

    changed: int
    gone: int


def first_month_known() -> datetime | None:
    """When the first was learnt of who is counted."""
    return facts.first_known()


def arrived(closed: Sequence[datetime], until: datetime, places: frozenset[str], on: date) -> Counter[Finest]:
    """Who came to be counted since the last of `closed`, by finest cell of a book that tells `places` apart.

    Conflict("unknown_place" | "unknown_type") for what the book can't hold: nothing is counted then.
    """
    found: Counter[Finest] = Counter()
    held: dict[str, str] = {}
    for row in facts.arrivals((*_FINEST, _D.OUTCOME), closed=closed, until=until):
        village, form, sex, age, outcome = row.cell
        if village not in held:
            held[village] = placed(village, places, on)
        found[held[village], _form(form), sex_of(sex), age_of(age).value, came_of(outcome, form).value] += row.came
    return found


def corrected(since: datetime | None, until: datetime, came: int) -> Corrections:
    """Since the last closing; `came` is how many of those who came are new."""
    if since is None:
        return Corrections(0, 0)
    rows = list(facts.changes(facts.Unit.VICTIMS, _FINEST, since=since, until=until))
    moved = max(0, sum(row.came for row in rows) - came)
    return Corrections(moved, max(0, sum(row.gone for row in rows) - moved))


def placed(village: str, places: frozenset[str], on: date) -> str:
    """Where a book counts what happened in a village: there; in what it became or was part of, where that is one;
    else in the rest of its regency. Conflict("unknown_place") where the book has not even that.
    """
    if village in places:
        return village
    after = [one.code for one in successors(village, on=on)]
    before = Crosswalk.objects.filter(new_id=village, superseded_at=None).values_list("old_code", flat=True)
    for kin in (after, sorted(set(before))):
        if len(kin) == 1 and kin[0] in places:
            return kin[0]
    for place in _rests(village, after):
        if place in places:
            return place
    raise Conflict(
        "unknown_place",
        message=_("Cases are recorded in an area that this year's tables do not have. Enter what became of its code."),
        theirs={"area": village},
    )


def _rests(village: str, after: Sequence[str]) -> Iterator[str]:
    yield rest_of(above(village, Level.REGENCY))
    regencies = {above(code, Level.REGENCY) for code in after}
    if len(regencies) == 1:
        yield rest_of(regencies.pop())


def _form(form: str) -> str:
    found = RECODED.get(form, form)
    if found not in FORMS:
        raise Conflict(
            "unknown_type",
            message=_("Cases are recorded under a type that this year's tables do not have."),
            theirs={"type": form},
        )
    return found
