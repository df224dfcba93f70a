"""What a case's own page shows: people with their types, what is needed and was given. Each asks who sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from simpul.cases.life import today_of
from simpul.cases.models import (
    Appointment,
    Assent,
    Case,
    Consent,
    Cost,
    DocumentNeeded,
    Need,
    Party,
    PlanItem,
    Service,
    Visit,
)
from simpul.cases.queries.purposes import Named, named
from simpul.cases.relations import PartyRole
from simpul.cases.rules.people import parties_visible_to, people_in_sight
from simpul.cases.rules.sight import in_sight
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def people_of(actor: Actor, case: Case, *, now: datetime) -> list[tuple[Party, list[str]]]:
    """The people the actor may see, each with the codes of their types; `has_consent`: one stands. One query."""
    rows = Party.objects.filter(people_in_sight(actor, case, now=now))
    standing = Consent.objects.filter(party=OuterRef("pk"), withdrawal=None, expires_on__gt=today_of(case, now))
    return _with_types(rows.annotate(has_consent=Exists(standing)), {case.pk: case})


def victims_of(actor: Actor, cases: Sequence[Case], *, now: datetime) -> dict[UUID, list[tuple[Party, list[str]]]]:
    """Those each of these cases is about, with the codes of their types: one query, however many cases."""
    rows = Party.objects.filter(parties_visible_to(actor, now=now), case__in=cases, role=PartyRole.VICTIM)
    told: dict[UUID, list[tuple[Party, list[str]]]] = {case.pk: [] for case in cases}
    for party, codes in _with_types(rows, {case.pk: case for case in cases}):
        told[party.case_id].append((party, codes))
    return told


def _with_types(rows: QuerySet[Party], cases: Mapping[UUID, Case]) -> list[tuple[Party, list[str]]]:
    told: dict[UUID, tuple[Party, list[str]]] = {}
    for party in rows.annotate(type_code=F("types__code")).order_by("recorded_at", "id", "type_code"):
        party.case = cases[party.case_id]
        told.setdefault(party.pk, (party, []))
        if party.type_code:
            told[party.pk][1].append(party.type_code)
    return list(told.values())


def needs_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Need]:
    """By when they are due."""
    return case.needs.filter(in_sight(actor, case, now=now)).order_by("due_on", "id")


def services_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Service]:
    """What was given, the newest first, with the provider's name; entries taken back are left out."""
    return (
        case.services.filter(in_sight(actor, case, now=now), withdrawn_at=None)
        .select_related("provider")
        # Thirty sealed notes and whole offices aren't shown.
        .only("case", "kind", "provided_on", "result", "provider__name")
        .order_by("-provided_on", "-id")
    )


def plan_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[PlanItem]:
    return case.plan.filter(in_sight(actor, case, now=now)).filter(dropped_at=None).order_by("due_on", "id")


def appointments_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Appointment]:
    return case.appointments.filter(in_sight(actor, case, now=now)).select_related("service_point").order_by("at", "id")


def documents_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[DocumentNeeded]:
    return case.documents_needed.filter(in_sight(actor, case, now=now)).order_by("id")


def costs_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Cost]:
    return case.costs.filter(in_sight(actor, case, now=now)).order_by("on", "id")


def visits_of(actor: Actor, case: Case, *, now: datetime) -> QuerySet[Visit]:
    return case.visits.filter(in_sight(actor, case, now=now)).order_by("month")


def consents_of(actor: Actor, party: Party, *, now: datetime) -> QuerySet[Consent]:
    """The newest first, each with its withdrawal where there is one."""
    return party.consents.filter(_party_in_sight(actor, party, now)).select_related("withdrawal").order_by("-id")


def consents_in(actor: Actor, case: Case, *, now: datetime) -> list[Named]:
    """Of everybody in the case the actor sees, the newest first, with the names of whom they let it be handed to."""
    seen = Party.objects.filter(people_in_sight(actor, case, now=now))
    return named(list(Consent.objects.filter(party__in=seen).select_related("withdrawal").order_by("-id")))


def assents_of(actor: Actor, party: Party, *, now: datetime) -> QuerySet[Assent]:
    return party.assents.filter(_party_in_sight(actor, party, now)).order_by("-id")


def consent_for(actor: Actor, consent_id: UUID, *, now: datetime) -> Consent:
    """NotFound for one out of sight."""
    seen = Party.objects.filter(parties_visible_to(actor, now=now))
    rows = Consent.objects.filter(pk=consent_id, party__in=seen).select_related("party__case__area")
    found = rows.first()
    if found is None:
        raise NotFound("cases.consent", consent_id)
    return found


def _party_in_sight(actor: Actor, party: Party, now: datetime) -> Q:
    return Q(party__in=Party.objects.filter(parties_visible_to(actor, now=now), pk=party.pk))
