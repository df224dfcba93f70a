"""What the desk is told. Always the same neutral words: neither a place, nor a matter, nor that it is a complaint."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind

RECEIVED: Final = "cases.something_received"
WRITTEN: Final = "cases.something_written"

NOBODY: Final = "cases.nobody_receives"

KINDS: Final = (
    NoticeKind(RECEIVED, title=_("Something waits for you"), summary=_("Sign in to read it.")),
    NoticeKind(
        NOBODY,
        title=_("Somebody has to be named"),
        summary=_("Nobody who can sign in receives what comes in here. Say who does."),
    ),
    NoticeKind(WRITTEN, title=_("There is an answer for you"), summary=_("Sign in to read it.")),
)
