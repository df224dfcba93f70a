"""Who sees that a case is to be handed over: the group that keeps it, and whoever coordinates where it was offered."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from simpul.access.models import Grant
from simpul.access.roles import roles_with
from simpul.access.rules import standing
from simpul.cases.models import Case, Exclusion, Restriction, Transfer, TransferGround
from simpul.cases.rules.sight import EVERYTHING, NOTHING, of_visible, visible_to
from simpul.cases.stages import COORDINATE
from simpul.cases.transfer_kinds import OFFERED_TRANSFERS, TransferState
from simpul.kernel.actor import Actor, Reach, System
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.time import Zone, local_date
from simpul.territory.names import lineage_of

KIND: Final = "cases.transfer"


def transfers_visible_to(actor: Actor, *, now: datetime) -> Q:
    """Of the cases the actor sees: the old group's while it keeps the case, the new one's from then on."""
    return EVERYTHING if isinstance(actor, System) else of_visible(actor, now=now)


def offered_to(actor: Actor, *, now: datetime) -> Q:
    """What waits for the actor's answer as a coordinator of the organisation it was offered to, within their area.

    Nothing of a case that is hidden from them; nothing once the consent it rests on was taken back or ran out, or the
    use of somebody's data was stopped: nobody has to remember to take it back.
    """
    if actor.person_id is None:
        return NOTHING
    kept_from = Exclusion.objects.filter(case=OuterRef("case"), person=actor.person_id, lifted_at=None)
    stopped = Restriction.objects.filter(case=OuterRef("case"), lifted_at=None)
    # `asked_at` says no more than the state does: it is what the index is of.
    waits = (
        Q(state__in=OFFERED_TRANSFERS, asked_at__isnull=False)
        & ~Q(Exists(kept_from))
        & ~Q(Exists(stopped))
        & ~Q(Exists(_lost(now)))
    )
    return _coordinated(actor, "to_organisation") & waits


def handed_on_by(actor: Actor) -> Q:
    """What the actor's organisation handed on: that it did, under which number, and to whom."""
    if actor.person_id is None:
        return NOTHING
    kept_from = Exclusion.objects.filter(case=OuterRef("case"), person=actor.person_id, lifted_at=None)
    return _coordinated(actor, "from_organisation") & Q(state=TransferState.ACCEPTED) & ~Q(Exists(kept_from))


def _coordinated(actor: Actor, side: str) -> Q:
    found = NOTHING
    for entry in actor.scope(COORDINATE).entries:
        if entry.organisation_id is None or entry.reach is not Reach.OWN:
            continue
        within = Q(case__area__code__within=entry.area_code) if entry.area_code else EVERYTHING
        found |= Q(**{side: entry.organisation_id}) & within
    return found


def _lost(now: datetime) -> "QuerySet[TransferGround]":
    """Grounds that rested on a consent which holds no more. The day ends where it ends first, as for a referral."""
    rows = TransferGround.objects.filter(transfer=OuterRef("pk"), legal_basis__consent__isnull=False)
    withdrawn = Q(legal_basis__consent__withdrawal__isnull=False)
    return rows.filter(withdrawn | Q(legal_basis__consent__expires_on__lte=local_date(now, Zone.WIT)))


def require_offered(actor: Actor, transfer: Transfer, *, now: datetime) -> None:
    """NotFound for whoever it was not offered to, as for one that never was."""
    if not Transfer.objects.filter(offered_to(actor, now=now), pk=transfer.pk).exists():
        raise NotFound(KIND, transfer.pk)


def is_taken_for(actor: Actor, transfer: Transfer, *, now: datetime) -> bool:
    """Whether it was taken over, by the actor or a colleague who sees it as they do."""
    rows = Case.objects.filter(visible_to(actor, now=now), pk=transfer.case_id)
    taken = Transfer.objects.filter(pk=transfer.pk, state=TransferState.ACCEPTED)
    return taken.exists() and rows.filter(owner_organisation=transfer.to_organisation_id).exists()


def require_coordinator(actor: Actor) -> None:
    """Denied("case.coordinate") for whoever coordinates nowhere."""
    if not actor.may(COORDINATE):
        raise Denied(COORDINATE)


def takers(case: Case, *, on: date) -> "QuerySet[Grant]":
    """Grants of who could take the case over: who coordinates its area elsewhere, and whom it isn't hidden from."""
    hidden = Exclusion.objects.filter(case=case, lifted_at=None).values("person")
    rows = Grant.objects.filter(standing(on), role__in=roles_with(COORDINATE), person__user__isnull=False)
    here = rows.filter(area_code__in=["", *lineage_of(case.area_id)], organisation__isnull=False)
    return here.exclude(organisation=case.owner_organisation_id).exclude(person__in=hidden)


def accounts_at(case: Case, organisation_id: UUID, *, on: date) -> set[UUID]:
    """Accounts of who could take it over at that organisation."""
    rows = takers(case, on=on).filter(organisation=organisation_id)
    return {key for key in rows.values_list("person__user_id", flat=True) if key}
