"""What coordinators are told when the time a case is kept comes to its end: the same neutral words as ever."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind

ENDING: Final = "cases.keeping_ends"
KINDS: Final = (NoticeKind(ENDING, title=_("Something waits for you"), summary=_("Sign in to read it.")),)
