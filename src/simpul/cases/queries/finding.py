"""Finding a case again by what somebody at the counter says of themself, among the cases the actor sees."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from simpul.cases.likeness import likeness_of, normal_nik, sound_of
from simpul.cases.models import Case, Party
from simpul.cases.numbers import read_number
from simpul.cases.queries.file import victims_of
from simpul.cases.rules.people import parties_visible_to
from simpul.cases.rules.sight import visible_to
from simpul.kernel.actor import Actor
from simpul.vault.blind import blind_match

MOST: Final = 20


def cases_like(
    actor: Actor, *, number: str, nik: str, name: str, birth_year: int | None, area_code: str, now: datetime
) -> list[Case]:
    """By the number of the case; by a NIK, or a name as it sounds with the year of birth and the village, of anybody in
    it. Blind indexes alone, the newest first. Each with `assisted`, the people it is for.
    """
    wanted = Q(code=read_number(number)) if number.strip() else Q(pk__in=())
    if (people := _people(nik, name, birth_year, area_code)) is not None:
        seen = Party.objects.filter(parties_visible_to(actor, now=now), people, erased_at=None)
        wanted |= Q(pk__in=list(seen.order_by("-id").values_list("case", flat=True)[: 2 * MOST]))
    rows = Case.objects.filter(wanted).filter(visible_to(actor, now=now)).defer("narrative").select_related("area")
    found = list(rows.order_by("-received_at", "-id")[:MOST])
    victims = victims_of(actor, found, now=now)
    for case in found:
        case.assisted = [party for party, _types in victims.get(case.pk, [])]  # type: ignore[attr-defined]
    return found


def _people(nik: str, name: str, birth_year: int | None, area_code: str) -> Q | None:
    """None where nothing was said by which somebody could be looked up."""
    wanted = [blind_match(Party, "nik", nik)] if normal_nik(nik) else []
    if sound_of(name) and birth_year and area_code:
        years = (birth_year - 1, birth_year, birth_year + 1)
        wanted += [blind_match(Party, "likeness", likeness_of(name, year, area_code)) for year in years]
    found = Q()
    for one in wanted:
        found |= one
    return found or None
