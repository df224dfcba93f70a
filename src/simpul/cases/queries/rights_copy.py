"""What somebody is given of their own data, once their request for access was granted: the data, and the trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Max, Min, Q

from simpul.cases.models import (
    Appointment,
    Case,
    Consent,
    DocumentNeeded,
    Need,
    Opening,
    Party,
    PlanItem,
    Referral,
    RightsRequest,
    Service,
    Transfer,
    Visit,
)
from simpul.cases.queries.purposes import Named, named
from simpul.cases.rights_kinds import Answer, RequestKind
from simpul.cases.rules.people import tags_visible_to
from simpul.cases.rules.rights import is_all_of, known_to, require_answering
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict

__all__ = ["Copy", "Look", "Named", "Party", "Referral", "Transfer", "copy_of", "require_copy"]
_SEALED: Final = ("name", "alias", "nik", "family_card", "bpjs", "birth_date", "phone", "address")


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody who looked at the case: how often, and between which instants. `name` is empty for the platform, a dash
    for one whose own data were erased.
    """

    name: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Help:
    """What was planned for them and how they fared. Of a case of several, the plan and visits of all are left out but
    for what rests on a need of theirs.
    """

    needs: Sequence[Need]
    plan: Sequence[PlanItem]
    appointments: Sequence[Appointment]
    papers: Sequence[DocumentNeeded]
    visits: Sequence[Visit]


@dataclass(frozen=True, slots=True)
class Copy:
    """`particulars` is field -> what stands there. Nothing of the other people of the case, and not who reported.

    `story` and `notes` are empty unless asked for: words that may name others.
    """

    case: Case
    party: Party
    is_whole: bool  # the case is about them alone
    particulars: dict[str, str]
    safe_contact: dict[str, Any] | None
    types: Sequence[str]
    tags: Sequence[str]
    consents: Sequence[Named]
    help: Help
    services: Sequence[Service]
    referrals: Sequence[Referral]
    transfers: Sequence[Transfer]
    looks: Sequence[Look]
    story: str
    notes: Sequence[tuple[date, str]]


def require_copy(actor: Actor, request: RightsRequest, *, now: datetime) -> Party:
    """Whose copy it is. Conflict("not_granted") before it was granted, or where nothing is there any more, as far as
    the actor knows.
    """
    require_answering(actor, request, now=now)
    request = known_to(actor, request.pk, now=now)
    granted = (request.kind, request.answer) == (RequestKind.ACCESS, Answer.GIVEN)
    if not granted or request.party is None or request.party.erased_at is not None:
        raise Conflict("not_granted")
    return request.party


def copy_of(actor: Actor, request: RightsRequest, *, with_story: bool, now: datetime) -> Copy:
    """`with_story`: also the words in which it was written down, and the notes on services and visits, where whoever
    answers has read that they name nobody else.
    """
    party = require_copy(actor, request, now=now)
    case = Case.objects.select_related("area", "owner_organisation").get(pk=party.case_id)
    sent = Referral.objects.filter(party=party, sent_at__isnull=False).select_related("service_point")
    given = Service.objects.filter(party=party, withdrawn_at=None).select_related("provider")
    handed = Transfer.objects.filter(grounds__party=party).select_related("from_organisation", "to_organisation")
    services, helped = list(given.order_by("provided_on", "id")), _help(party)
    return Copy(
        case=case,
        party=party,
        is_whole=is_all_of(party),
        particulars={field: held.open() for field in _SEALED if (held := getattr(party, field))},
        safe_contact=party.safe_contact.open() if party.safe_contact else None,
        types=sorted(row.code for row in party.types.all()),
        tags=sorted(row.code for row in party.tags.filter(tags_visible_to(actor))),
        consents=named(list(Consent.objects.filter(party=party).select_related("withdrawal").order_by("id"))),
        help=helped,
        services=services,
        referrals=list(sent.order_by("sent_at", "id")),
        transfers=list(handed.order_by("asked_at", "id")),
        looks=_looks(case),
        story=case.narrative.open() if with_story and case.narrative else "",
        notes=_notes(services, helped.visits) if with_story else [],
    )


def _help(party: Party) -> Help:
    theirs = Q(need__party=party)
    if is_all_of(party):
        theirs |= Q(need=None)
        visits = list(Visit.objects.filter(case=party.case_id).order_by("due_on", "id"))
    else:
        visits = []
    return Help(
        needs=list(Need.objects.filter(party=party).order_by("due_on", "id")),
        plan=list(PlanItem.objects.filter(theirs, case=party.case_id).order_by("recorded_at", "id")),
        appointments=list(Appointment.objects.filter(party=party).select_related("service_point").order_by("at", "id")),
        papers=list(DocumentNeeded.objects.filter(party=party).order_by("recorded_at", "id")),
        visits=visits,
    )


def _notes(services: Sequence[Service], visits: Sequence[Visit]) -> list[tuple[date, str]]:
    """In the order of their days."""
    said = [(row.provided_on, row.note.open()) for row in services if row.note]
    said += [(row.visited_on, row.note.open()) for row in visits if row.note and row.visited_on]
    return sorted(said)


def _looks(case: Case) -> list[Look]:
    counted = Opening.objects.filter(case=case).values("person", "person__name")
    rows = counted.annotate(times=Count("id"), first=Min("at"), last=Max("at")).order_by("first")
    return [Look(_name(row), row["times"], row["first"], row["last"]) for row in rows]


def _name(row: Mapping[str, Any]) -> str:
    return str(row["person__name"] or "–") if row["person"] else ""
