"""What is said of an event, made tidy, and what of it can't be true together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import Course, EventKind, Mode, PhotoConsent, Question, Visibility
from simpul.activities.models import Event
from simpul.kernel.errors import Invalid
from simpul.kernel.localized import LocalizedText
from simpul.organisations.shapes import Clean, localized, one_of, some_of, web_address, words

MOST_WORDS: Final = 4000
MOST_SEATS: Final = 100_000
MOST_HOURS: Final = 168


def titled(field: str, value: Any) -> LocalizedText:
    """Invalid where there are no words in Indonesian, or more than 160 characters."""
    text: LocalizedText | None = localized(field, value)
    if text is None:
        raise Invalid("title_needed", field, message=_("Write what it is called."))
    return _within(field, text, 160)


def told(field: str, value: Any) -> LocalizedText | None:
    text: LocalizedText | None = localized(field, value or None)
    return None if text is None else _within(field, text, MOST_WORDS)


def _within(field: str, text: LocalizedText, most: int) -> LocalizedText:
    if any(len(words) > most for words in text.values()):
        raise Invalid("too_long", field, message=_("Use at most %(longest)s characters.") % {"longest": most})
    return text


def instant(field: str, value: Any) -> datetime | None:
    if value is None or (isinstance(value, datetime) and value.tzinfo is not None):
        return value
    raise Invalid("not_a_time", field, message=_("Write the day and the hour."))


def whole(least: int, most: int, *, needed: bool = True) -> Clean:
    def clean(field: str, value: Any) -> int | None:
        if value is None and not needed:
            return None
        if type(value) is int and least <= value <= most:
            return value
        message = _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise Invalid("not_a_count", field, message=message)

    return clean


def _as_is(_field: str, value: Any) -> Any:
    return value


seats: Final = whole(1, MOST_SEATS, needed=False)
# What may be said of an event at once; its time and its seats have services of their own.
FIELDS: Final[Mapping[str, Clean]] = {
    "kind": one_of(EventKind, blank=False),
    "course": one_of(Course),
    "title": titled,
    "summary": told,
    "mode": one_of(Mode, blank=False),
    "venue": words(200),
    "area": _as_is,
    "joining_link": web_address,
    "recording_url": web_address,
    "visibility": one_of(Visibility, blank=False),
    "is_sensitive": _as_is,
    "photo_consent": one_of(PhotoConsent),
    "takes_registrations": _as_is,
    "registration_opens_at": instant,
    "registration_closes_at": instant,
    "offer_hours": whole(1, MOST_HOURS),
    "asks": some_of(Question),
}


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """ValueError for a name that is none of FIELDS."""
    if unknown := set(values) - set(FIELDS):
        raise ValueError(f"not to be written: {sorted(unknown)}")
    return {name: FIELDS[name](name, value) for name, value in values.items()}


def check_consistent(event: Event) -> None:
    """Invalid("restricted" | "counts_only" | "ends_before_start") where what is said excludes something else said."""
    if event.kind == EventKind.CASE_CONFERENCE and not (event.visibility == Visibility.HOSTS and event.is_sensitive):
        message = _("A case conference is for the organisers alone, and nobody is named in it.")
        raise Invalid("restricted", "visibility", message=message)
    if event.is_sensitive and event.takes_registrations:
        message = _("Of a sensitive event nobody is named: heads are counted there. Take no registrations for it.")
        raise Invalid("counts_only", "takes_registrations", message=message)
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if opens and closes and closes <= opens:
        message = _("Registration would close before it opens.")
        raise Invalid("ends_before_start", "registration_closes_at", message=message)


def check_announceable(event: Event) -> None:
    """Invalid("place_needed", "venue") where nobody would know where to go."""
    if event.mode != Mode.ONLINE and not event.venue and event.area is None:
        message = _("Say where it is before it is announced: the building, or at least the village.")
        raise Invalid("place_needed", "venue", message=message)
