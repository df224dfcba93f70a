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
CERTIFICATE: Final = "activities.certificate_issued"
ACTION_GIVEN: Final = "activities.action_given"
ACTION_SOON: Final = "activities.action_soon"
ACTION_OVERDUE: Final = "activities.action_overdue"

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
    NoticeKind(
        CERTIFICATE,
        title=_("Your certificate is there"),
        summary=_("Download it from the page of your registrations."),
    ),
    NoticeKind(
        ACTION_GIVEN,
        title=_("Something was agreed for you to do"),
        summary=_("It is to be done by %(day)s. Open it and say when it is done."),
        params={"day": Shape.DAY},
    ),
    NoticeKind(
        ACTION_SOON,
        title=_("Something you promised is due soon"),
        summary=_("It is to be done by %(day)s."),
        params={"day": Shape.DAY},
    ),
    NoticeKind(
        ACTION_OVERDUE,
        title=_("Something you promised is overdue"),
        summary=_("It was to be done by %(day)s. Say how it stands, or ask for another day."),
        params={"day": Shape.DAY},
    ),
)
