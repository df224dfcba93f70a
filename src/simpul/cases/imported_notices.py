"""What whoever brought cases in is told when deadlines of theirs had passed before: once for all of them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind

LATE: Final = "cases.entered_late"
KINDS: Final = (NoticeKind(LATE, title=_("Something waits for you"), summary=_("Sign in to read it.")),)
