"""What organisations and networks tell people inside Simpul."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind, Shape

ASK_ACTIVE: Final = "organisations.ask_active"
SILENT: Final = "organisations.silent_member"
APPLIED: Final = "organisations.application_received"
ANSWERED: Final = "organisations.application_answered"
ANNOUNCED: Final = "organisations.announced"
CORRECTED: Final = "organisations.announcement_corrected"

KINDS: Final = (
    NoticeKind(
        ASK_ACTIVE,
        title=_("Is your organisation still active?"),
        summary=_("Somebody says so once a year. It holds until %(day)s, or has run out."),
        params={"day": Shape.DAY},
    ),
    NoticeKind(
        SILENT,
        title=_("A member has not been found active for a year"),
        summary=_("Its own people were asked and have not answered. Call them."),
    ),
    NoticeKind(
        APPLIED,
        title=_("An organisation wants to join your network"),
        summary=_("Its application waits to be verified."),
    ),
    NoticeKind(
        ANSWERED,
        title=_("An applicant has answered"),
        summary=_("What you asked is answered. The application can go on."),
    ),
    NoticeKind(
        ANNOUNCED,
        title=_("Your network has an announcement"),
        summary=_("Read it, and say that your organisation has."),
    ),
    NoticeKind(
        CORRECTED,
        title=_("An announcement of your network was corrected"),
        summary=_("The new text holds; the former one can still be read."),
    ),
)
