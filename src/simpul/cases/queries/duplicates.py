"""Who may be known already, within one organisation and among the cases the actor sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from simpul.cases.likeness import likeness_of, normal_nik
from simpul.cases.models import Case, Party
from simpul.cases.relations import PartyRole
from simpul.cases.rules.sight import of_visible, require_sight
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.vault.blind import blind_match

MOST = 20


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another case of what may be the same person; `by_nik`: the number is the same, else name, year and village."""

    party: Party
    by_nik: bool

    @property
    def case(self) -> Case:
        return self.party.case


def likely_duplicates_for(actor: Actor, case: Case, *, now: datetime) -> list[Likeness]:
    """Other cases of the same organisation with somebody like one of those this case is about."""
    if case.found_for != (actor, now):
        require_sight(actor, case, now=now)
    mine = Party.objects.filter(case=case, role=PartyRole.VICTIM)
    niks = [party.nik.open() for party in mine if party.nik]
    likenesses = [party.likeness.open() for party in mine if party.likeness]
    others = _among(actor, case.owner_organisation, now).exclude(case=case)
    return _found(others, niks, _nearby(likenesses))


def known_already(
    actor: Actor,
    organisation: Organisation,
    *,
    nik: str = "",
    name: str = "",
    birth_year: int | None = None,
    area_code: str = "",
    now: datetime,
) -> list[Likeness]:
    """The same before the case is written: what was typed on the first screen."""
    likenesses = [likeness_of(name, birth_year, area_code)] if name and birth_year else []
    return _found(_among(actor, organisation, now), [nik] if nik else [], _nearby(likenesses))


def _among(actor: Actor, organisation: Organisation, now: datetime) -> QuerySet[Party]:
    here = of_visible(actor, now=now, owner_organisation=organisation)
    return Party.objects.filter(here, role=PartyRole.VICTIM).select_related("case__area")


def _nearby(likenesses: Iterable[str]) -> list[str]:
    """An age in whole years leaves two years of birth to choose from: the year before and after are looked up too."""
    near = []
    for likeness in likenesses:
        name, year, area_code = likeness.split("\n")
        near += [likeness_of(name, int(year) + by, area_code) for by in (-1, 0, 1)] if year else []
    return near


def _found(rows: QuerySet[Party], niks: Iterable[str], likenesses: Iterable[str]) -> list[Likeness]:
    same_nik, alike = Q(pk__in=()), Q(pk__in=())
    for nik in filter(normal_nik, niks):
        same_nik |= blind_match(Party, "nik", nik)
    for likeness in likenesses:
        alike |= blind_match(Party, "likeness", likeness)
    by_nik = list(rows.filter(same_nik).order_by("-id")[:MOST]) if same_nik != Q(pk__in=()) else []
    known = {party.pk for party in by_nik}
    others = rows.filter(alike).order_by("-id")[:MOST] if alike != Q(pk__in=()) else []
    return [Likeness(p, True) for p in by_nik] + [Likeness(p, False) for p in others if p.pk not in known]
