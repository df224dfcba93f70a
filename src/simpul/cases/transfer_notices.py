"""What is told about handing a case over: that somebody waits or answered, never which case, never who."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind

OFFERED: Final = "cases.transfer_offered"
DECIDED: Final = "cases.transfer_decided"
UNANSWERED: Final = "cases.transfer_unanswered"

_READ = _("Sign in to read it.")

KINDS: Final = (
    NoticeKind(OFFERED, title=_("Something waits for you"), summary=_READ),
    NoticeKind(DECIDED, title=_("There is an answer for you"), summary=_READ),
    NoticeKind(UNANSWERED, title=_("An answer is overdue"), summary=_READ),
)
