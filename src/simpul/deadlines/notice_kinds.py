"""What clocks tell people inside Simpul: that there is something to look at, never what."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind

NEAR: Final = "deadlines.near"
PASSED: Final = "deadlines.passed"

KINDS: Final = (
    NoticeKind(NEAR, title=_("Something has a deadline"), summary=_("Open it to see what is to be done, and by when.")),
    NoticeKind(PASSED, title=_("A deadline has passed"), summary=_("Open it and decide what happens now.")),
)
