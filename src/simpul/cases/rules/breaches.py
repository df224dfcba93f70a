"""Who keeps the record of data breaches: coordinators of their group's, supervisors of those of the groups they
accompany, operators of all. It holds nothing of any case.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from simpul.access.models import Grant
from simpul.access.rules import standing
from simpul.cases.breach_kinds import KEEP
from simpul.deadlines.queries import holders
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import EVERYTHING, within
from simpul.people.queries import today

KIND: Final = "cases.databreach"


def breaches_visible_to(actor: Actor) -> Q:
    return EVERYTHING if isinstance(actor, System) else within(actor.scope(KEEP), "organisation__")


def require_keeping(actor: Actor, organisation: Organisation) -> None:
    """Denied("breach.record")."""
    if isinstance(actor, System):
        return
    if not Organisation.objects.filter(within(actor.scope(KEEP)), pk=organisation.pk).exists():
        raise Denied(KEEP, organisation.ref)


def require_record(actor: Actor) -> None:
    """Denied("breach.record") for whoever keeps none anywhere."""
    if not actor.may(KEEP):
        raise Denied(KEEP)


# Whoever answers for an organisation, of its own data or in its network, and whoever runs this Simpul.
PAPERS_BY: Final = ("case.satisfy_rights", "organisation.register", "node.configure")


def require_papers(actor: Actor) -> None:
    """Denied("case.satisfy_rights")."""
    if not any(actor.may(permission) for permission in PAPERS_BY):
        raise Denied(PAPERS_BY[0])


def papered_by(actor: Actor) -> Q:
    """The organisations for which the actor prints the papers the law asks for: nothing of anybody is in them."""
    wanted = Q(pk__in=())
    for permission in PAPERS_BY:
        wanted |= within(actor.scope(permission))
    return wanted


def unseen(key: UUID) -> NotFound:
    return NotFound(KIND, key)


def told_of_breach(about: RecordRef, owner: UUID, _roles: Collection[str], now: datetime) -> set[UUID]:
    """The teller of its clock: whoever has to send the notices."""
    operators = Grant.objects.filter(standing(today(now)), role="operator", organisation=None)
    found = holders(about, owner, ["coordinator", "supervisor"], now)
    return found | {key for key in operators.values_list("person__user_id", flat=True) if key}
