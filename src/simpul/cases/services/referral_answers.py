"""What an office says to a referral, by account or by link; and that it said nothing."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.models import Referral, ReferralLink, ReferralRecipient
from simpul.cases.referral_life import ANSWERS, OFFICE_ACTS, WAITING_STAGES, ReferralAct
from simpul.cases.referral_notices import ANSWERED, UNANSWERED
from simpul.cases.referral_secrets import OPEN_FOR, Bearer
from simpul.cases.referral_writing import held, tidy, transition, was_taken, write_step
from simpul.cases.rules.referrals import authorise_answering
from simpul.cases.rules.telling import USUAL, told_of_case
from simpul.cases.services.referrals import CLOCK, stop_waiting
from simpul.deadlines.models import Clock
from simpul.deadlines.rules import require_platform
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Invalid
from simpul.notices.services.sending import send_notice

BY_LINK: Final = System("referral link")
MOST: Final = 200


def answer_referral(
    actor: Actor,
    referral: Referral,
    *,
    act: str,
    now: datetime,
    words: str = "",
    bearer: Bearer | None = None,
    id: UUID | None = None,  # noqa: A002 - of the step
) -> Referral:
    """The office says that it arrived, takes it or can't, reports, gives feedback, or refers back. Twice is once.

    By who answers referrals at that office, or by the device that has its link open (`bearer`); NotFound for anybody
    else. Conflict("transition_refused") where it moved on meanwhile: of two answers at once one holds.
    Conflict("reason_needed"); Invalid("act"). The group is told.
    """
    if act not in OFFICE_ACTS:
        raise Invalid("act", "act", message=_("Choose one of the answers."))
    link = authorise_answering(actor, referral, bearer, now=now)
    text = tidy(words)
    with transaction.atomic():
        row = held(referral)
        if was_taken(row, act, id, actor, link):
            return row
        step = transition(row, act, text)
        answered = {"answered_at": now} if row.answered_at is None and act != ReferralAct.ACKNOWLEDGE else {}
        write_step(actor, row, step, words=text, link=link, now=now, step_id=id, **answered)
        if act in ANSWERS:
            stop_waiting(actor if link is None else BY_LINK, row, decision=act, now=now)
        if row.ended_at is not None:
            row.links.filter(revoked_at=None).update(revoked_at=now)
        _note_answer(actor, row, link, now)
        _tell_group(row, ANSWERED, now)
        audit.record(actor, "cases.answer_referral", row.ref, details={"act": act, "by_link": link is not None})
    return row


def note_opened(actor: Actor, referral: Referral, *, now: datetime, bearer: Bearer | None = None) -> None:
    """Somebody at the office looks at it: the first look of each recipient is kept, a link stays open a while longer.

    NotFound as `answer_referral`.
    """
    link = authorise_answering(actor, referral, bearer, now=now)
    rows = ReferralRecipient.objects.filter(referral=referral, opened_at=None)
    mine = rows.filter(link=link) if link else rows.filter(user=actor.user_id)
    with transaction.atomic():
        mine.update(opened_at=now)
        if link:
            ReferralLink.objects.filter(pk=link.pk).update(open_until=now + OPEN_FOR)
        audit.record(actor, "cases.open_referral", referral.ref, details={"by_link": link is not None})


def note_unanswered(actor: Actor, *, now: datetime, most: int = MOST) -> int:
    """Referrals whose time for an answer is over become "not answered"; how many. The platform's own.

    Each in one transaction, with what is said of it: killed at any moment, nothing is noted or told twice.
    """
    require_platform(actor)
    over = Clock.objects.filter(about_kind="cases.referral", code=CLOCK, stopped_at=None, breached_at__isnull=False)
    waiting = Referral.objects.filter(stage__in=WAITING_STAGES, pk__in=over.values("about_id"))
    return sum(_expire(actor, row, now) for row in waiting.order_by("sent_at", "id")[:most])


def _expire(actor: Actor, referral: Referral, now: datetime) -> bool:
    with transaction.atomic():
        row = held(referral)
        if row.stage not in WAITING_STAGES:
            return False
        write_step(actor, row, transition(row, ReferralAct.EXPIRE, ""), now=now)
        _tell_group(row, UNANSWERED, now)
        audit.record(actor, "cases.expire_referral", row.ref)
    return True


def _note_answer(actor: Actor, referral: Referral, link: ReferralLink | None, now: datetime) -> None:
    rows = ReferralRecipient.objects.filter(referral=referral, answered_at=None)
    (rows.filter(link=link) if link else rows.filter(user=actor.user_id)).update(answered_at=now)


def _tell_group(referral: Referral, kind: str, now: datetime) -> None:
    if users := told_of_case(referral.case, USUAL, now):
        try:
            send_notice(BY_LINK, kind=kind, about=referral.ref, recipients=sorted(users), now=now)
        except Invalid:
            return  # nobody of the group has an open account: the board shows it
