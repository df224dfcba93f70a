"""Telling people what was done to their rights, so that nobody gains or loses one unnoticed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.access.models import Deputy, EmergencyOpening, Grant
from simpul.kernel.actor import Actor, Member
from simpul.notices.kinds import NoticeKind, Shape, declare
from simpul.notices.services.sending import send_notice

GIVEN: Final = NoticeKind(
    "access.role_given",
    title=_("You were given a role"),
    summary=_("It holds from %(day)s. If you do not expect it, ask your coordinator."),
    params={"day": Shape.DAY},
)
ENDED: Final = NoticeKind(
    "access.role_ended",
    title=_("A role of yours ends"),
    summary=_("From %(day)s on it opens nothing any more."),
    params={"day": Shape.DAY},
)

OPENED: Final = NoticeKind(
    "access.glass_broken",
    title=_("A record was opened in an emergency"),
    summary=_("Somebody of an organisation you answer for opened a record that is closed to them. Ask them why."),
)
NAMED: Final = NoticeKind(
    "access.deputy_named",
    title=_("You were named as a deputy"),
    summary=_("In an emergency you may open a record of your organisation. Read now how, before you need it."),
)


def declare_kinds() -> None:
    declare(NAMED)
    declare(GIVEN)
    declare(ENDED)
    declare(OPENED)


def tell_opened(actor: Actor, opening: EmergencyOpening, witnesses: Sequence[UUID], *, now: datetime) -> None:
    """Within the caller's transaction: what nobody is told of is not opened."""
    send_notice(actor, kind=OPENED.key, about=opening.ref, recipients=witnesses, urgent=True, now=now)


def tell_named(actor: Actor, deputy: Deputy, *, now: datetime) -> None:
    """Within the caller's transaction; nothing for somebody without an open account, who can't stand in yet."""
    account = deputy.person.user
    if account is not None and account.is_active:
        send_notice(actor, kind=NAMED.key, about=deputy.ref, recipients=[account.pk], now=now)


def tell_given(actor: Actor, grant: Grant, *, now: datetime) -> None:
    """Within the caller's transaction. What the platform gives by itself (setting up, the demo) is told to nobody."""
    _tell(GIVEN, actor, grant, now)


def tell_ended(actor: Actor, grant: Grant, *, now: datetime) -> None:
    """As `tell_given`; `grant` is the row that is known now."""
    _tell(ENDED, actor, grant, now)


def _tell(kind: NoticeKind, actor: Actor, grant: Grant, now: datetime) -> None:
    person, day = grant.person, grant.valid_from if kind is GIVEN else grant.valid_until
    account = person.user
    if not isinstance(actor, Member) or account is None or not account.is_active or person.pk == actor.person_id:
        return
    if day is not None:
        send_notice(actor, kind=kind.key, about=grant.ref, recipients=[account.pk], params={"day": day}, now=now)
