"""To whom a case may be handed over; never the accused's own office, nor whom it is kept from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from simpul.access import rules as grants
from simpul.access.models import Grant
from simpul.cases.complaint_naming import may_be, name_words
from simpul.cases.models import Case, Complaint, Consent, Party
from simpul.cases.queries.complaint_routing import may_be_office
from simpul.cases.relations import PartyRole
from simpul.cases.rules.sight import authorise_recording
from simpul.cases.rules.transfers import takers
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisations_for
from simpul.people import rules as people
from simpul.people.models import Affiliation
from simpul.people.queries import today


def receivers_for(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Organisation]:
    """Other organisations with somebody who could take the case over, by name. Denied("case.record"), NotFound."""
    authorise_recording(actor, case, now=now)
    there = takers(case, on=today(now)).values("organisation")
    return organisations_for(actor).filter(pk__in=there, dissolved_on=None)


@dataclass(frozen=True, slots=True)
class Unfit:
    """`is_theirs`: it is the office of whom the case is against. `people`: those there who may be kept from it."""

    is_theirs: bool
    people: frozenset[UUID]


def unfit_at(case: Case, organisation: Organisation, *, on: date) -> Unfit:
    """By the names in the case, of the accused and of whom the person keeps it from, against those at the organisation.

    One too many is left out rather than one too few.
    """
    complaint = Complaint.objects.filter(pk=case.complaint_id).first() if case.complaint_id else None
    accused = [*_accused(case), *([complaint.named.open()] if complaint and complaint.named else [])]
    kept_from = [*_kept_from(case), *([complaint.hidden_from.open()] if complaint and complaint.hidden_from else [])]
    there = _people_at(organisation, on)
    is_theirs = (
        (complaint is not None and complaint.about_group_id == organisation.pk)
        or any(may_be_office(words, organisation) for words in (*accused, *kept_from))
        or any(_is_same(words, name) for words in accused for name in there.values())
    )  # fmt: skip
    typed = " ".join((*accused, *kept_from))
    return Unfit(is_theirs, frozenset(person for person, name in there.items() if may_be(typed, name)))


def _accused(case: Case) -> Iterator[str]:
    for party in Party.objects.filter(case=case, role=PartyRole.ALLEGED):
        yield from (held.open() for held in (party.name, party.alias) if held)


def _kept_from(case: Case) -> Iterator[str]:
    for consent in Consent.objects.filter(party__case=case, withheld_from__isnull=False):
        yield from consent.withheld_from.open() if consent.withheld_from else ()


def _is_same(accused: str, name: str) -> bool:
    """Whether one name is all of the other: "Budi", "Pak Budi Santoso"."""
    mine, theirs = name_words(accused), name_words(name)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _people_at(organisation: Organisation, on: date) -> dict[UUID, str]:
    """All of its people, by affiliation or by grant."""
    held = Grant.objects.filter(grants.standing(on), organisation=organisation)
    affiliated = Affiliation.objects.filter(people.standing(on), organisation=organisation)
    return {
        person: name
        for rows in (held, affiliated)
        for person, name in rows.values_list("person_id", "person__name")
        if person
    }
