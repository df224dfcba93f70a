"""Admitting to a network, ending, correcting, confirming. Each change locks the graph for a moment: no circles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, SimpulError
from simpul.kernel.ids import uuid7
from simpul.organisations.corrections import correct, entered_before, keeping, period_of, supersede
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import COUNTED_ROLES, EndReason, MembershipRole
from simpul.organisations.rules.graph import closes_circle
from simpul.organisations.rules.organisations import authorise, may, require_sight
from simpul.organisations.services.registration import Registered, Registration, register_organisations
from simpul.records.batches import insert_all
from simpul.records.locks import lock_graph
from simpul.territory.models import Area

GRAPH: Final = "organisations.memberships"
OVERLAP: Final = "organisations_membership_no_overlap"
CORRECTABLE: Final = frozenset(
    {"role", "valid_from", "valid_until", "end_reason", "has_readiness_statement", "readiness_note", "decided_by"}
)
_ADMITTED: Final = "organisations.admit_member"
_AGREED: Final = frozenset({"role", "valid_from", "valid_until"})  # what a member confirms


@dataclass(frozen=True, slots=True)
class Joining:
    """An organisation nobody has entered yet, and what it becomes in the network."""

    entry: Registration
    role: str = MembershipRole.MEMBER
    valid_from: date | None = None


def admit_member(
    actor: Actor,
    network: Organisation,
    *,
    member: Organisation,
    role: str = MembershipRole.MEMBER,
    valid_from: date | None = None,
    valid_until: date | None = None,
    has_readiness_statement: bool = False,
    readiness_note: str = "",
    decided_by: str = "",
    now: datetime,
    membership_id: UUID | None = None,
) -> Membership:
    """`member` is in `network` in this role from `valid_from` on. The same admission twice is one row.

    It is confirmed at once where the actor may also speak for the member; else the member confirms it.
    Invalid("not_a_network" | "in_itself" | "membership_circle" | "period_reversed" | "unknown_role"),
    Conflict("membership_overlaps") where the pair has that role on one of those days already.
    """
    authorise(actor, "membership.manage", network)
    require_sight(actor, member)
    _check(network, member.pk, role)
    period_of(valid_from, valid_until)
    row = Membership(
        id=membership_id or uuid7(),
        member=member,
        network=network,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
        has_readiness_statement=has_readiness_statement,
        readiness_note=readiness_note.strip(),
        decided_by=decided_by.strip(),
        is_confirmed=may(actor, "membership.manage", member),
        recorded_at=now,
        entered_by=actor.user_id,
    )
    return _enter(actor, row)


def register_member(
    actor: Actor,
    network: Organisation,
    *,
    kind: str,
    name: str,
    acronym: str = "",
    seat: Area | None = None,
    role: str = MembershipRole.MEMBER,
    valid_from: date | None = None,
    profile: Mapping[str, object] | None = None,
    now: datetime,
    organisation_id: UUID | None = None,
) -> Membership:
    """Enter an organisation nobody has entered yet and make it a member, so that the secretariat may keep its profile.

    The entry is the network's own work, so no one else's word is needed: confirmed at once. Where the id is that of an
    organisation already there (and the same, else Conflict("id_taken")), it is an admission like any other. Denied
    without `organisation.register`; Invalid and Conflict as `register_organisation` and `admit_member`.
    """
    entry = Registration(
        kind=kind, name=name, acronym=acronym, seat=seat, profile=profile or {}, id=organisation_id or uuid7()
    )
    tie = register_members(actor, network, [Joining(entry, role, valid_from)], now=now)[entry.id]
    if isinstance(tie, SimpulError):
        raise tie
    return tie


def register_members(
    actor: Actor, network: Organisation, wanted: Sequence[Joining], *, now: datetime
) -> Mapping[UUID, Membership | SimpulError]:
    """`register_member` of many, in as many statements as of one, and in one transaction: by the organisation's id,
    its membership, or why it was refused. What is refused keeps no other from being entered.
    """
    authorise(actor, "membership.manage", network)
    refused: dict[UUID, Membership | SimpulError] = {}
    for one in wanted:
        try:
            _check(network, one.entry.id, one.role)
        except SimpulError as refusal:
            refused[one.entry.id] = refusal
    entering = [one for one in wanted if one.entry.id not in refused]
    with transaction.atomic():
        lock_graph(GRAPH)
        registered = register_organisations(actor, [one.entry for one in entering], now=now)
        made = [one for one in entering if one.entry.id in registered.made]
        ties = [_first_tie(actor, network, registered.made[one.entry.id], one, now) for one in made]
        insert_all(ties)
        audit.record_each(actor, _ADMITTED, [(row.ref, _told_of(row)) for row in ties])
        there = [one for one in entering if one.entry.id in registered.there]
        again = {one.entry.id: _again(actor, network, registered, one, now) for one in there}
    return {**refused, **registered.refused, **{row.member_id: row for row in ties}, **again}


def confirm_membership(actor: Actor, membership: Membership, *, now: datetime) -> Membership:
    """The member agrees. From now on what the network's grants reach includes it. Twice changes nothing more."""
    authorise(actor, "membership.manage", membership.member)
    if membership.is_confirmed:
        return membership
    return _change(actor, membership, {"is_confirmed": True}, "organisations.confirm_membership", now=now)


def end_membership(
    actor: Actor, membership: Membership, *, valid_until: date, reason: str, now: datetime
) -> Membership:
    """It holds up to the day before `valid_until`. The network ends it, or the member leaves. Twice is once.

    Invalid("unknown_reason" | "period_reversed"); Conflict("edited_meanwhile") where it was ended otherwise first.
    """
    _require_either(actor, membership)
    if reason not in EndReason.values:
        raise Invalid("unknown_reason", "reason", message=_("Choose why the membership ends."))
    if membership.superseded_at is None and (membership.valid_until, membership.end_reason) == (valid_until, reason):
        return membership
    changes = {"valid_until": valid_until, "end_reason": reason}
    return _change(actor, membership, changes, "organisations.end_membership", now=now)


def correct_membership(
    actor: Actor, membership: Membership, changes: Mapping[str, object], *, now: datetime
) -> Membership:
    """What was recorded was wrong: `changes` (names in CORRECTABLE) from now on; as of yesterday the old row stands.

    A changed role or period is to be confirmed by the member anew, unless the actor may speak for it: a network can't
    draw back somebody who left. Invalid as `admit_member`; Conflict("edited_meanwhile" | "membership_overlaps").
    """
    authorise(actor, "membership.manage", membership.network)
    if unknown := set(changes) - CORRECTABLE:
        raise ValueError(f"not to be corrected: {sorted(unknown)}")
    if changes.keys() & _AGREED:
        agreed = may(actor, "membership.manage", membership.member)
        changes = {**changes, "is_confirmed": membership.is_confirmed and agreed}
    return _change(actor, membership, changes, "organisations.correct_membership", now=now)


def withdraw_membership(actor: Actor, membership: Membership, *, now: datetime) -> None:
    """It was never true: an entry made by mistake. As of yesterday it is still known. Twice changes nothing more."""
    _require_either(actor, membership)
    with transaction.atomic():
        if supersede(membership, now=now):
            audit.record(actor, "organisations.withdraw_membership", membership.ref)


def _first_tie(
    actor: Actor, network: Organisation, member: Organisation, joining: Joining, now: datetime
) -> Membership:
    """Of an organisation made in this transaction: nobody is its member yet, so it closes no circle, and it has no
    other row that this one could overlap.
    """
    return Membership(
        member=member,
        network=network,
        role=joining.role,
        valid_from=joining.valid_from,
        is_confirmed=True,
        recorded_at=now,
        entered_by=actor.user_id,
    )


def _again(
    actor: Actor, network: Organisation, registered: Registered, joining: Joining, now: datetime
) -> Membership | SimpulError:
    """It had been entered before: an admission like any other."""
    member = registered.there[joining.entry.id]
    try:
        with transaction.atomic():
            return admit_member(
                actor, network, member=member, role=joining.role, valid_from=joining.valid_from, now=now
            )
    except SimpulError as refusal:
        return refusal


def _told_of(row: Membership) -> dict[str, Detail]:
    return {"network": str(row.network_id), "member": str(row.member_id), "role": row.role}


def _enter(actor: Actor, row: Membership) -> Membership:
    with keeping(OVERLAP, _overlaps()):
        lock_graph(GRAPH)
        if found := entered_before(row, ("member_id", "network_id", "role", "valid_from", "valid_until")):
            return found
        _refuse_circle(row)
        row.save(force_insert=True)
        audit.record(actor, _ADMITTED, row.ref, details=_told_of(row))
    return row


def _require_either(actor: Actor, membership: Membership) -> None:
    require_sight(actor, membership.network, membership.member)
    if not any(may(actor, "membership.manage", side) for side in (membership.network, membership.member)):
        raise Denied("membership.manage", membership.ref)


def _change(
    actor: Actor, membership: Membership, changes: Mapping[str, object], act: str, *, now: datetime
) -> Membership:
    wanted: dict[str, Any] = {name: changes.get(name, getattr(membership, name)) for name in _AGREED}
    _check(membership.network, membership.member_id, wanted["role"])
    period_of(wanted["valid_from"], wanted["valid_until"])
    with keeping(OVERLAP, _overlaps()):
        lock_graph(GRAPH)
        fresh, is_written = correct(actor, membership, changes, now=now)
        if is_written:
            _refuse_circle(fresh)
            details: dict[str, str | list[str]] = {"corrects": str(membership.pk), "fields": sorted(changes)}
            audit.record(actor, act, fresh.ref, details={**details})
    return fresh


def _check(network: Organisation, member_id: UUID, role: str) -> None:
    if network.kind not in NETWORKS:
        raise Invalid("not_a_network", "network", message=_("Choose a network or forum: only these have members."))
    if network.pk == member_id:
        raise Invalid("in_itself", "member", message=_("Choose another organisation: none is a member of itself."))
    if role not in MembershipRole.values:
        raise Invalid("unknown_role", "role", message=_("Choose one of the roles in the list."))


def _refuse_circle(row: Membership) -> None:
    if row.role in COUNTED_ROLES and closes_circle(row.member_id, row.network_id, row.period):
        raise Invalid(
            "membership_circle",
            "member",
            message=_(
                "This would make a network a member of itself: the network you chose already belongs to this member, "
                "directly or through others, in those days. End that membership first, or choose other dates."
            ),
        )


def _overlaps() -> Conflict:
    message = _("They already have this role in this network on some of those days. Correct that entry instead.")
    return Conflict("membership_overlaps", message=message)
