"""The life of a referral, as data: from the draft until help arrived, or it is known that it won't from there."""

from collections.abc import Iterator
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.lifecycle import Lifecycle, Transition


class ReferralStage(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("referral", "Draft")
    SENT = "sent", pgettext_lazy("referral", "Sent")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("referral", "Received by the office")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Being handled")
    FED_BACK = "fed_back", pgettext_lazy("referral", "Feedback given")
    UNANSWERED = "unanswered", pgettext_lazy("referral", "Not answered")
    DONE = "done", pgettext_lazy("referral", "Done")
    REFUSED = "refused", pgettext_lazy("referral", "Refused")
    RETURNED = "returned", pgettext_lazy("referral", "Referred back")
    REVOKED = "revoked", pgettext_lazy("referral", "Withdrawn")


class ReferralAct(models.TextChoices):
    SEND = "send", pgettext_lazy("referral", "Send")
    ACKNOWLEDGE = "acknowledge", _("Say that it arrived")
    ACCEPT = "accept", _("Accept")
    REFUSE = "refuse", _("Can't take it")
    PROGRESS = "progress", _("Report progress")
    FEED_BACK = "feed_back", _("Give feedback")
    REFER_BACK = "refer_back", _("Refer back")
    EXPIRE = "expire", _("Note that nobody answered")
    FINISH = "finish", _("Finish")
    REVOKE = "revoke", pgettext_lazy("referral", "Withdraw")


RECORD: Final = "case.record"
ANSWER: Final = "case.answer"
PLATFORM: Final = ""  # no role grants it

# While it is one of these, the office sees what it was sent.
LIVE_STAGES: Final = (
    ReferralStage.SENT,
    ReferralStage.ACKNOWLEDGED,
    ReferralStage.ACCEPTED,
    ReferralStage.FED_BACK,
    ReferralStage.UNANSWERED,
)
ENDED_STAGES: Final = (
    ReferralStage.DONE,
    ReferralStage.REFUSED,
    ReferralStage.RETURNED,
    ReferralStage.REVOKED,
)
WAITING_STAGES: Final = (ReferralStage.SENT, ReferralStage.ACKNOWLEDGED)
# Nobody has said yes or no yet, in time or not.
UNANSWERED_STAGES: Final = (*WAITING_STAGES, ReferralStage.UNANSWERED)
_HANDLED: Final = (ReferralStage.ACCEPTED, ReferralStage.FED_BACK)

_ROWS: Final[dict[ReferralAct, tuple[tuple[ReferralStage, ...], ReferralStage, str, bool]]] = {
    ReferralAct.SEND: ((ReferralStage.DRAFT,), ReferralStage.SENT, RECORD, False),
    ReferralAct.ACKNOWLEDGE: (
        (ReferralStage.SENT, ReferralStage.UNANSWERED), ReferralStage.ACKNOWLEDGED, ANSWER, False,
    ),
    ReferralAct.ACCEPT: (UNANSWERED_STAGES, ReferralStage.ACCEPTED, ANSWER, False),
    ReferralAct.REFUSE: (UNANSWERED_STAGES, ReferralStage.REFUSED, ANSWER, True),
    ReferralAct.EXPIRE: (WAITING_STAGES, ReferralStage.UNANSWERED, PLATFORM, False),
    ReferralAct.PROGRESS: ((ReferralStage.ACCEPTED,), ReferralStage.ACCEPTED, ANSWER, True),
    ReferralAct.FEED_BACK: (_HANDLED, ReferralStage.FED_BACK, ANSWER, True),
    ReferralAct.REFER_BACK: (_HANDLED, ReferralStage.RETURNED, ANSWER, True),
    ReferralAct.FINISH: (_HANDLED, ReferralStage.DONE, RECORD, False),
    ReferralAct.REVOKE: ((ReferralStage.DRAFT, *LIVE_STAGES), ReferralStage.REVOKED, RECORD, True),
}  # fmt: skip


def _table() -> Iterator[Transition[ReferralStage]]:
    for act, (sources, target, permission, needs_reason) in _ROWS.items():
        yield from (Transition(source, act, target, permission, needs_reason) for source in sources)


REFERRAL_LIFE: Final = Lifecycle(ReferralStage.DRAFT, _table())
# What an office may say, in the order it is offered.
OFFICE_ACTS: Final = tuple(act for act, row in _ROWS.items() if row[2] == ANSWER)
# An answer to the question "will you help?": it ends the waiting.
ANSWERS: Final = (ReferralAct.ACCEPT, ReferralAct.REFUSE)
