"""Reading what people asked about their own data."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.cases.likeness import likeness_of, normal_nik
from simpul.cases.models import Party, RightsRequest
from simpul.cases.rights_kinds import Answer
from simpul.cases.rules.people import parties_visible_to
from simpul.cases.rules.rights import (
    is_all_of,
    known_to,
    may_answer,
    may_refuse,
    receiving_at,
    requests_visible_to,
)
from simpul.deadlines.models import Clock
from simpul.deadlines.queries import clocks_for
from simpul.kernel.actor import Actor
from simpul.organisations.models import Organisation
from simpul.people.queries import today
from simpul.vault.blind import blind_match

__all__ = [
    "RightsRequest",
    "answers",
    "clocks_of",
    "disposes_of_all",
    "groups_receiving",
    "people_like",
    "request_for",
    "requests_for",
    "said_to",
    "unanswered_by",
]
MOST = 20

NOTHING_TO_GIVE = _("There is no data that we can give.")
DONE = _("What you asked for was done.")


def requests_for(actor: Actor, *, after: UUID | None = None) -> QuerySet[RightsRequest]:
    """Those to be answered first, the oldest of them on top. `after`: those that follow this one, all for an unknown
    one.
    """
    rows = RightsRequest.objects.filter(requests_visible_to(actor)).select_related("owner_organisation")
    last = rows.filter(pk=after).first() if after else None
    if last is not None:
        later = Q(asked_at__gt=last.asked_at) | Q(asked_at=last.asked_at, pk__gt=last.pk)
        same = Q(answered_at=last.answered_at) & later
        beyond = Q(answered_at__isnull=False) if last.answered_at is None else Q(answered_at__gt=last.answered_at)
        rows = rows.filter(same | beyond)
    return rows.order_by(F("answered_at").asc(nulls_first=True), "asked_at", "id")


def unanswered_by(actor: Actor, *, after: UUID | None = None) -> QuerySet[RightsRequest]:
    """Of those the ones that have no answer, the oldest first."""
    return requests_for(actor, after=after).filter(answered_at=None)


def said_to(request: RightsRequest) -> Promise | None:
    """What the person who asked is told, None before it is answered. Of the answer alone: no file is looked at, and
    a refusal reads as if there were none.
    """
    if not request.answer:
        return None
    return DONE if request.answer == Answer.GIVEN else NOTHING_TO_GIVE


def request_for(actor: Actor, key: UUID, *, now: datetime) -> RightsRequest:
    """As the actor may know it: one about a case out of sight is one for which no file was found. Never to be saved.

    NotFound out of sight, as for one that never was.
    """
    return known_to(actor, key, now=now)


def answers(actor: Actor, request: RightsRequest, *, now: datetime) -> tuple[bool, bool]:
    """Whether the actor may do as asked, and whether they may say no, of a request as they know it."""
    does = may_answer(actor, request)
    return does, does or may_refuse(actor, request, on=today(now))


def groups_receiving(actor: Actor) -> QuerySet[Organisation]:
    """Where the actor writes down what people ask, by name."""
    return Organisation.objects.filter(pk__in=receiving_at(actor)).order_by("sort_key", "id")


def clocks_of(requests: Iterable[RightsRequest]) -> dict[UUID, Clock]:
    """The clock of each, running or stopped. One query."""
    found = clocks_for([row.ref for row in requests])
    return {ref.uuid: clocks[0] for ref, clocks in found.items() if clocks}


def disposes_of_all(request: RightsRequest) -> bool:
    """Whether what is asked is about the whole case: it is about this person alone."""
    return request.party is not None and is_all_of(request.party)


def people_like(
    actor: Actor,
    organisation: Organisation,
    *,
    nik: str,
    name: str,
    birth_year: int | None,
    area_code: str,
    now: datetime,
) -> list[Party]:
    """Whoever of the group's cases has this NIK, or sounds like this name, was born about that year and lives there;
    in any part of a case. By blind indexes alone, among the cases the actor sees.
    """
    wanted = Q(pk__in=())
    if normal_nik(nik):
        wanted |= blind_match(Party, "nik", nik)
    if name and birth_year and area_code:
        for year in (birth_year - 1, birth_year, birth_year + 1):
            wanted |= blind_match(Party, "likeness", likeness_of(name, year, area_code))
    rows = Party.objects.filter(
        parties_visible_to(actor, now=now), case__owner_organisation=organisation, erased_at=None
    )
    return list(rows.filter(wanted).select_related("case__area").order_by("-id")[:MOST])
