"""Who is told what: notices about applications, and the yearly question whether an organisation is still at work.

Organisations know nothing of roles, and notices nothing of either: they meet here.
"""

from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse
from django.utils import timezone

from simpul.access.queries import who_can_see
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Invalid, NotFound
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone, local_date
from simpul.notices.models import Notice
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import MembershipApplication, Organisation
from simpul.organisations.notice_kinds import ANSWERED, APPLIED, ASK_ACTIVE, SILENT
from simpul.organisations.queries.applications import application_for
from simpul.organisations.queries.profiles import last_confirmation_of, organisation_for
from simpul.organisations.queries.vouching import Due, Stage, due_for_asking, stage_on
from simpul.organisations.rules.organisations import may

PLATFORM: Final = System("reminders")
_SPACE: Final = uuid5(NAMESPACE_URL, "simpul:notices:organisations")
EDIT: Final = "organisation.edit"


def tell_of_application(application: MembershipApplication, *, now: datetime) -> None:
    """To who keeps the network's members. Told once, however often it is sent."""
    _tell(
        APPLIED,
        application.ref,
        _accounts(application.network, "membership.manage", now, widest=False),
        key=f"applied/{application.pk}",
        now=now,
    )


def tell_of_answer(application: MembershipApplication, number: int, *, now: datetime) -> None:
    _tell(
        ANSWERED,
        application.ref,
        _accounts(application.network, "membership.manage", now, widest=False),
        key=f"answered/{application.pk}/{number}",
        now=now,
    )


def ask_who_is_active(now: datetime) -> int:
    """Ask everybody who is due, once at each stage; how many notices are there. Killed in between, it goes on."""
    return sum(_ask(due, now) for due in due_for_asking(PLATFORM, local_date(now, Zone.WIB)))


def _ask(due: Due, now: datetime) -> int:
    key = f"active/{due.organisation.pk}/{due.since}/{due.stage}"
    told = {uuid5(_SPACE, key), *([uuid5(_SPACE, f"{key}/network")] if due.stage is Stage.SILENT else [])}
    if Notice.objects.filter(pk__in=told).count() == len(told):
        return len(told)  # the usual case, and the cheapest
    own = _accounts(due.organisation, EDIT, now, widest=False)
    asked = _tell(ASK_ACTIVE, due.organisation.ref, own, key=key, now=now, day=due.holds_until)
    if due.stage is not Stage.SILENT:
        return asked
    others = _accounts(due.organisation, EDIT, now, widest=True) - own
    return asked + _tell(SILENT, due.organisation.ref, others, key=f"{key}/network", now=now)


def _accounts(organisation: Organisation, permission: str, now: datetime, *, widest: bool) -> set[UUID]:
    """Accounts of its own people who hold the permission there; with `widest` of everybody who holds it over it."""
    seers = who_can_see(PLATFORM, organisation, permission, now=now)
    holders = [s.grant for s in seers if widest or s.grant.organisation_id == organisation.pk]
    return {grant.person.user_id for grant in holders if grant.person.user_id and grant.organisation_id}


def _tell(kind: str, about: RecordRef, accounts: set[UUID], *, key: str, now: datetime, **params: object) -> int:
    """1 where the notice is there. Nobody with an account is no fault: the page says it too."""
    if not accounts:
        return 0
    try:
        send_notice(
            PLATFORM,
            kind=kind,
            about=about,
            recipients=sorted(accounts),
            params=params,  # type: ignore[arg-type]
            id=uuid5(_SPACE, key),
            now=now,
        )
    except Invalid:
        return 0
    return 1


def page_of_application(actor: Actor, key: UUID) -> str | None:
    try:
        return reverse("joining:application", args=[application_for(actor, key).pk])
    except NotFound:
        return None


def page_of_organisation(actor: Actor, key: UUID) -> str | None:
    """Where it is confirmed, for who may while somebody has to; else where it is read."""
    try:
        found = organisation_for(actor, key)
    except NotFound:
        return None
    if may(actor, EDIT, found) and _is_asked(found):
        return reverse("editing:active", args=[key])
    return reverse("organisations:profile", args=[key])


def _is_asked(organisation: Organisation) -> bool:
    last = last_confirmation_of(organisation)
    return last is None or stage_on(last.confirmed_on, local_date(timezone.now(), Zone.WIB)) is not None
