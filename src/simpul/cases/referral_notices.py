"""What referrals tell people inside Simpul: that somebody waits, never who or why."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind

ARRIVED: Final = "cases.referral_arrived"
ANSWERED: Final = "cases.referral_answered"
UNANSWERED: Final = "cases.referral_unanswered"

KINDS: Final = (
    NoticeKind(
        ARRIVED, title=_("A letter has arrived for your office"), summary=_("Open it and answer whether you can help.")
    ),
    NoticeKind(ANSWERED, title=_("An office has answered"), summary=_("Open it to see what it says.")),
    NoticeKind(UNANSWERED, title=_("An office has not answered in time"), summary=_("Call it, or choose another one.")),
)
