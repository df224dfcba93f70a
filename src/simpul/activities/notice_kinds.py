"""What events tell people inside Simpul. Never which event: the notice leads to it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.notices.kinds import NoticeKind, Shape

INVITED: Final = "activities.invited"
UNANSWERED: Final = "activities.invitation_unanswered"
MOVED: Final = "activities.event_moved"
CANCELLED: Final = "activities.event_cancelled"
SOON: Final = "activities.event_soon"
OFFERED: Final = "activities.seat_offered"

KINDS: Final = (
    NoticeKind(
        INVITED,
        title=_("Your organisation is invited to an event"),
        summary=_("It is on %(day)s. Register somebody, or say that nobody comes."),
        params={"day": Shape.DAY},
    ),
    NoticeKind(
        UNANSWERED,
        title=_("An invitation waits for your answer"),
        summary=_("The event is on %(day)s. Register somebody, or say that nobody comes."),
        params={"day": Shape.DAY},
    ),
    NoticeKind(
        MOVED,
        title=_("An event was moved"),
        summary=_("It is now on %(day)s. Note the new time."),
        params={"day": Shape.DAY},
    ),
    NoticeKind(
        CANCELLED,
        title=_("An event was cancelled"),
        summary=_("It would have been on %(day)s. The reason is on its page."),
        params={"day": Shape.DAY},
    ),
    NoticeKind(SOON, title=_("Your event is coming up"), summary=_("It is on %(day)s."), params={"day": Shape.DAY}),
    NoticeKind(
        OFFERED,
        title=_("A seat has become free for you"),
        summary=_("It is kept for you for a time. Say whether you take it."),
    ),
)
