"""What asks for somebody's attention: who was long not found at work, who has not agreed to a membership.

Each answers for one actor and in one query; what the actor can't do anything about is not in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from simpul.kernel.actor import Actor
from simpul.organisations.at_work import still_holds
from simpul.organisations.kinds import CIVIL_SOCIETY, Kind
from simpul.organisations.models import Confirmation, Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES
from simpul.organisations.rules.organisations import own_organisations, visible_to, within
from simpul.records.models import known_at, true_on

MOST: Final = 500  # rows any of these reads: a page shows a few of them and says how many there are

# Whom a forum of many parties is made of. The first is what "OMS" counts.
PARTIES: Final[Mapping[str, frozenset[str]]] = {
    "civil_society": frozenset(CIVIL_SOCIETY),
    "government": frozenset(
        {Kind.REGIONAL_AGENCY, Kind.VILLAGE_GOVERNMENT, Kind.VILLAGE_COUNCIL, Kind.REGIONAL_PARLIAMENT}
    ),
    "university": frozenset({Kind.UNIVERSITY}),
    "company": frozenset({Kind.COMPANY}),
    "media": frozenset({Kind.MEDIA}),
}


@dataclass(frozen=True, slots=True)
class AtWork:
    """`confirmed_on`: the last day somebody found it at work; None where nobody ever said so."""

    organisation: Organisation
    confirmed_on: date | None

    def is_due(self, today: date) -> bool:
        """Whether somebody has to say so again."""
        return not still_holds(self.confirmed_on, today)


def own_at_work(actor: Actor) -> list[AtWork]:
    """The organisations whose people the actor is of, by name, with their seats."""
    return _at_work(Organisation.objects.filter(pk__in=own_organisations(actor)))


def kept_at_work(actor: Actor) -> list[AtWork]:
    """Organisations whose profile the actor keeps though not of their people: the longest unconfirmed first."""
    kept = within(actor.scope("organisation.edit"))
    found = _at_work(Organisation.objects.filter(kept, dissolved_on=None).exclude(pk__in=own_organisations(actor)))
    return sorted(found, key=lambda row: (row.confirmed_on or date.min, row.organisation.sort_key))


def direct_members_at_work(actor: Actor, networks: Iterable[Organisation], *, on: date) -> list[AtWork]:
    """Those in sight that are themselves members of these networks that day, each once, by name."""
    rows = Membership.objects.filter(known_at(None), true_on(on), network__in=list(networks), role__in=COUNTED_ROLES)
    return _at_work(Organisation.objects.filter(visible_to(actor), pk__in=rows.values("member_id")))


def _at_work(rows: QuerySet[Organisation]) -> list[AtWork]:
    confirmations = Confirmation.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    last = Subquery(confirmations.annotate(last=Max("confirmed_on")).values("last"))
    found = rows.select_related("seat").annotate(last=last).order_by("sort_key", "pk")[:MOST]
    return [AtWork(row, getattr(row, "last", None)) for row in found]


def parties_missing(members: Iterable[AtWork]) -> list[str]:
    """Keys of PARTIES that none of the members is of."""
    kinds = {row.organisation.kind for row in members}
    return [party for party, of in PARTIES.items() if not kinds & of]


def memberships_to_agree(actor: Actor, *, on: date) -> QuerySet[Membership]:
    """What a network entered about an organisation the actor speaks for, and nobody there has agreed to."""
    return _unagreed(on).filter(within(actor.scope("membership.manage"), "member__"), visible_to(actor, "network__"))


def memberships_not_agreed(actor: Actor, *, on: date) -> QuerySet[Membership]:
    """Members of the actor's networks who have not agreed yet, the oldest entry first."""
    waiting = _unagreed(on).filter(within(actor.scope("membership.manage"), "network__"), visible_to(actor, "member__"))
    return waiting.exclude(within(actor.scope("membership.manage"), "member__"))


def _unagreed(on: date) -> QuerySet[Membership]:
    ends = Q(valid_until=None) | Q(valid_until__gt=on)
    rows = Membership.objects.filter(known_at(None), ends, is_confirmed=False)
    return rows.select_related("member", "network").order_by("recorded_at", "pk")
