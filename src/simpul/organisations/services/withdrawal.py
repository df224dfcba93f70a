"""Taking back entries that should never have been made: one, or all that an import brought."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from simpul.audit.models import Act
from simpul.audit.services import record_each
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict, Denied, NotFound, SimpulError
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.rules.organisations import KIND, visible_to, within
from simpul.organisations.rules.reliance import ITS_OWN, relied_upon
from simpul.organisations.services.registration import REGISTERED
from simpul.search import index

WITHDRAWABLE: Final = timedelta(days=30)
_EDIT: Final = "organisation.edit"
_WITHDRAWN: Final = "organisations.withdraw_registration"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An entry as it was when it was made, and the memberships that were entered together with it."""

    organisation_id: UUID
    seen_version: int
    along: Collection[UUID] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """Of some entries: what the actor may do, and what others have done with them since."""

    seen: frozenset[UUID]
    kept: frozenset[UUID]  # the actor may change them
    own: frozenset[UUID]  # the actor entered them
    recent: frozenset[UUID]
    built_upon: frozenset[UUID]


def withdraw_registration(
    actor: Actor, organisation: Organisation, *, seen_version: int, along: Collection[UUID] = (), now: datetime
) -> None:
    """The entry goes for good, with its name and the memberships `along` that were entered together with it.

    By who entered it, or may change it; within thirty days. Only the act stays in the record of acts. Conflict
    ("edited_meanwhile" | "built_upon" | "too_late") where somebody relies on it by now. One already gone stays gone.
    """
    refused = withdraw_registrations(actor, [Withdrawal(organisation.pk, seen_version, along)], now=now)
    if organisation.pk in refused:
        raise refused[organisation.pk]


def withdraw_registrations(actor: Actor, wanted: Sequence[Withdrawal], *, now: datetime) -> Mapping[UUID, SimpulError]:
    """`withdraw_registration` of many, in as many queries as of one, and in one transaction.

    Those that stay, each with why; all others are gone.
    """
    with transaction.atomic():
        ids = [one.organisation_id for one in wanted]
        rows = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
        known = _known(actor, rows, {tie for one in wanted for tie in one.along}, now)
        refused: dict[UUID, SimpulError] = {}
        for one in wanted:
            row = rows.get(one.organisation_id)
            if row is not None and (why := _refusal(actor, row, one.seen_version, known)):
                refused[row.pk] = why
        going = [row for pk, row in rows.items() if pk not in refused]
        _remove([row.pk for row in going])
        index.withdraw(*(row.ref for row in going))
        record_each(actor, _WITHDRAWN, [(row.ref, {"kind": row.kind}) for row in going])
    return refused


def _refusal(actor: Actor, row: Organisation, seen_version: int, known: _Known) -> SimpulError | None:
    if row.pk not in known.own | known.kept:
        return Denied(_EDIT, row.ref) if row.pk in known.seen else NotFound(KIND, row.pk)
    if row.pk not in known.seen:
        return NotFound(KIND, row.pk)
    if row.version != seen_version:
        message = _("It has been changed since. Look at it, and end or correct it by hand.")
        return Conflict("edited_meanwhile", message=message)
    if not isinstance(actor, System) and row.pk not in known.recent:
        return Conflict("too_late", message=_("It was entered more than 30 days ago."))
    if row.pk in known.built_upon:
        message = _("Other entries rely on it by now: members, people, roles or places. End those first.")
        return Conflict("built_upon", message=message)
    return None


def _known(actor: Actor, ids: Collection[UUID], along: Collection[UUID], now: datetime) -> _Known:
    rows = Organisation.objects.filter(pk__in=ids)
    entered = Act.objects.filter(act=REGISTERED, ref_id__in=ids).values_list("ref_id", flat=True)
    return _Known(
        frozenset(rows.filter(visible_to(actor)).values_list("pk", flat=True)),
        frozenset(rows.filter(within(actor.scope(_EDIT))).values_list("pk", flat=True)),
        frozenset(pk for pk in entered.filter(user_id=actor.user_id) if pk and actor.user_id),
        frozenset(pk for pk in entered.filter(at__gte=now - WITHDRAWABLE) if pk),
        frozenset(relied_upon(ids, along)),
    )


def _remove(ids: Collection[UUID]) -> None:
    """The rows that were looked at, and no others: what somebody tied to one since, the database refuses to lose.

    Django would look through every table that may name an organisation once more.
    """
    using = connection.alias
    for own in ITS_OWN:
        own._base_manager.filter(organisation__in=ids)._raw_delete(using)
    Membership._base_manager.filter(member__in=ids)._raw_delete(using)
    Organisation._base_manager.filter(pk__in=ids)._raw_delete(using)
