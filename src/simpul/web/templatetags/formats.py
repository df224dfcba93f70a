"""The formats of `simpul.web.formats` as filters, in the language of the page. Empty values stay empty."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate, Period, Zone, local_date
from simpul.web import formats

register = template.Library()


def _language() -> str:
    return get_language() or "id"


def _filter(name: str, write: Callable[..., str]) -> None:
    def of(value: object) -> str:
        return "" if value is None or value == "" else write(value, language=_language())

    register.filter(name, of)


_filter("rupiah", formats.rupiah)
_filter("rupiah_short", formats.rupiah_short)
_filter("day", formats.day)
_filter("short_day", formats.short_day)
_filter("partial", formats.partial)


@register.filter
def number(value: int | float | Decimal | None, decimals: int = 0) -> str:
    return "" if value is None else formats.number(value, language=_language(), decimals=decimals)


@register.simple_tag
def percent(part: int | float | Decimal, whole: int | float | Decimal, decimals: int = 1) -> str:
    return formats.percent(part, whole, language=_language(), decimals=decimals)


@register.simple_tag
def days(first: date, last: date) -> str:
    return formats.days(first, last, language=_language())


@register.simple_tag
def period(start: date | None, until: date | None) -> str:
    """`until` is exclusive, as it is stored."""
    return formats.period(Period(start, until), language=_language())


@register.filter
def clock(instant: datetime | None, zone: Zone = Zone.WIB) -> str:
    return formats.clock(instant, zone, language=_language()) if instant else ""


@register.filter
def moment(instant: datetime | None, zone: Zone = Zone.WIB) -> str:
    return formats.moment(instant, zone, language=_language()) if instant else ""


@register.filter
def local_day(instant: datetime | None, zone: Zone = Zone.WIB) -> str:
    """The day on the calendar there."""
    return "" if instant is None else formats.day(local_date(instant, zone), language=_language())


@register.filter
def away(value: date | datetime | PartialDate | None, today: date | None = None) -> str:
    """How far from today (of WIB, where the page names no day of its own)."""
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        value = value.day
    if isinstance(value, datetime):
        value = local_date(value, Zone.WIB)
    return formats.away(value, today or local_date(timezone.now(), Zone.WIB), language=_language())


@register.filter
def remaining(deadline: datetime | None, now: datetime | None = None) -> str:
    return formats.remaining(deadline, now or timezone.now(), language=_language()) if deadline else ""


@register.filter
def in_language(text: LocalizedText | None) -> str:
    """Curated text in the language of the page; in Indonesian where it has not been translated."""
    return text.to(_language()) if text else ""


@register.filter
def short_month(value: date) -> str:
    """ "Feb", for the leaf of a calendar."""
    return formats.tongue(_language()).short_months[value.month - 1]
