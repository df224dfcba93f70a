"""Who is told, by the role they hold, what happened in a network: an application, an announcement, a yearly question.

Organisations know nothing of roles, and notices nothing of either: they meet here, for pages and programs alike.
"""

from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from simpul.access.queries import who_can_see
from simpul.access.queries.accounts import accounts_at
from simpul.kernel.actor import System
from simpul.kernel.errors import Invalid
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone, local_date
from simpul.notices.models import Notice
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import Announcement, MembershipApplication, Organisation
from simpul.organisations.notice_kinds import ANNOUNCED, ANSWERED, APPLIED, ASK_ACTIVE, CORRECTED, SILENT
from simpul.organisations.queries.vouching import Due, Stage, due_for_asking

ASKING: Final = System("reminders")
ANNOUNCING: Final = System("announcements")
_SPACE: Final = uuid5(NAMESPACE_URL, "simpul:notices:organisations")
_ANNOUNCEMENTS: Final = uuid5(NAMESPACE_URL, "simpul:notices:announcements")
EDIT: Final = "organisation.edit"


def tell_of_application(application: MembershipApplication, *, now: datetime) -> None:
    """To who keeps the network's members. Told once, however often it is sent."""
    keepers = _accounts(application.network, "membership.manage", now, widest=False)
    _tell(APPLIED, application.ref, keepers, key=f"applied/{application.pk}", now=now)


def tell_of_answer(application: MembershipApplication, number: int, *, now: datetime) -> None:
    """`number` is that of the step."""
    keepers = _accounts(application.network, "membership.manage", now, widest=False)
    _tell(ANSWERED, application.ref, keepers, key=f"answered/{application.pk}/{number}", now=now)


def tell_of_announcement(announcement: Announcement, number: int, *, now: datetime) -> None:
    """Once a version, however often it is sent, to everybody with a role at an organisation it went to.

    Nobody with an account is no fault: the list says who has not read.
    """
    organisations = list(announcement.recipients.values_list("organisation_id", flat=True))
    try:
        send_notice(
            ANNOUNCING,
            kind=ANNOUNCED if number == 1 else CORRECTED,
            about=announcement.ref,
            recipients=sorted(accounts_at(organisations, now=now)),
            id=uuid5(_ANNOUNCEMENTS, f"{announcement.pk}/{number}"),
            now=now,
        )
    except Invalid:
        return


def ask_who_is_active(now: datetime) -> int:
    """Ask everybody who is due, once at each stage; how many notices are there. Killed in between, it goes on."""
    return sum(_ask(due, now) for due in due_for_asking(ASKING, local_date(now, Zone.WIB)))


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
    seers = who_can_see(ASKING, organisation, permission, now=now)
    holders = [s.grant for s in seers if widest or s.grant.organisation_id == organisation.pk]
    return {grant.person.user_id for grant in holders if grant.person.user_id and grant.organisation_id}


def _tell(kind: str, about: RecordRef, accounts: set[UUID], *, key: str, now: datetime, **params: object) -> int:
    """1 where the notice is there. Nobody with an account is no fault: the page says it too."""
    if not accounts:
        return 0
    try:
        send_notice(
            ASKING,
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
