"""What somebody is given of their own data, once their request for access was granted: the data, and the trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Max, Min

from simpul.cases.models import Case, Consent, Opening, Party, Referral, RightsRequest, Service, Transfer
from simpul.cases.queries.purposes import Named, named
from simpul.cases.rights_kinds import Answer, RequestKind
from simpul.cases.rules.rights import require_answering
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
class Copy:
    """`particulars` is field -> what stands there. Nothing of the other people of the case, and not who reported."""

    case: Case
    party: Party
    particulars: dict[str, str]
    types: Sequence[str]
    consents: Sequence[Named]
    services: Sequence[Service]
    referrals: Sequence[Referral]
    transfers: Sequence[Transfer]
    looks: Sequence[Look]
    story: str


def require_copy(actor: Actor, request: RightsRequest) -> Party:
    """Whose copy it is. Conflict("not_granted") before it was granted, or where nothing is there any more."""
    require_answering(actor, request)
    granted = (request.kind, request.answer) == (RequestKind.ACCESS, Answer.GIVEN)
    if not granted or request.party is None or request.party.erased_at is not None:
        raise Conflict("not_granted")
    return request.party


def copy_of(actor: Actor, request: RightsRequest, *, with_story: bool) -> Copy:
    """`with_story`: also the words in which it was written down, where whoever answers has read that they name nobody
    else.
    """
    party = require_copy(actor, request)
    case = Case.objects.select_related("area", "owner_organisation").get(pk=party.case_id)
    sent = Referral.objects.filter(party=party, sent_at__isnull=False).select_related("service_point")
    given = Service.objects.filter(party=party, withdrawn_at=None).select_related("provider")
    handed = Transfer.objects.filter(grounds__party=party).select_related("from_organisation", "to_organisation")
    return Copy(
        case=case,
        party=party,
        particulars={field: held.open() for field in _SEALED if (held := getattr(party, field))},
        types=sorted(row.code for row in party.types.all()),
        consents=named(list(Consent.objects.filter(party=party).select_related("withdrawal").order_by("id"))),
        services=list(given.order_by("provided_on", "id")),
        referrals=list(sent.order_by("sent_at", "id")),
        transfers=list(handed.order_by("asked_at", "id")),
        looks=_looks(case),
        story=case.narrative.open() if with_story and case.narrative else "",
    )


def _looks(case: Case) -> list[Look]:
    counted = Opening.objects.filter(case=case).values("person", "person__name")
    rows = counted.annotate(times=Count("id"), first=Min("at"), last=Max("at")).order_by("first")
    return [Look(_name(row), row["times"], row["first"], row["last"]) for row in rows]


def _name(row: Mapping[str, Any]) -> str:
    return str(row["person__name"] or "–") if row["person"] else ""
