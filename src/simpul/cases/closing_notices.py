"""What is told about the end of a case, about who helps in it, and about whoever helps: never which, never why."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind

ASKED: Final = "cases.closure_asked"
DECIDED: Final = "cases.closure_decided"
HANDED_OVER: Final = "cases.handed_over"
TAKEN_ON: Final = "cases.taken_on"
THREAT: Final = "cases.threat_reported"
SETTLED: Final = "cases.threat_settled"

_WAITS, _READ = _("Something waits for you"), _("Sign in to read it.")

KINDS: Final = (
    NoticeKind(ASKED, title=_WAITS, summary=_READ),
    NoticeKind(DECIDED, title=_("There is an answer for you"), summary=_READ),
    NoticeKind(
        HANDED_OVER, title=_("Something you helped with was handed over"), summary=_("Thank you for your help.")
    ),
    NoticeKind(TAKEN_ON, title=_WAITS, summary=_READ),
    NoticeKind(THREAT, title=_WAITS, summary=_("Sign in now. It can't wait.")),
    NoticeKind(SETTLED, title=_("There is an answer for you"), summary=_READ),
)
