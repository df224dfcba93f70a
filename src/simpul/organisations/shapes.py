"""What is typed into a profile, made tidy: one function a kind of value. Invalid names the field and how to mend it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.id import npwp as npwp_numbers

from simpul.kernel.errors import Invalid
from simpul.kernel.localized import LocalizedText
from simpul.kernel.text import squeeze
from simpul.kernel.time import PartialDate, Zone, local_date

Clean = Callable[[str, Any], Any]
_SHORT_NUMBER = re.compile(r"\d{3,6}")
_is_web_address = URLValidator(schemes=["http", "https"])
OLDEST_YEAR: Final = 1800


def words(longest: int) -> Clean:
    def clean(field: str, value: Any) -> str:
        text = squeeze(str(value or ""))
        if len(text) > longest:
            raise Invalid("too_long", field, message=_("Use at most %(longest)s characters.") % {"longest": longest})
        return text

    return clean


def one_of(choices: type[models.TextChoices], *, blank: bool = True) -> Clean:
    def clean(field: str, value: Any) -> str:
        if value in choices.values or (blank and not value):
            return str(value or "")
        raise Invalid("unknown_choice", field, message=_("Choose one of the list."))

    return clean


def some_of(choices: type[models.TextChoices]) -> Clean:
    one = one_of(choices, blank=False)

    def clean(field: str, value: Any) -> list[str]:
        return list(dict.fromkeys(one(field, code) for code in value or ()))

    return clean


def day(field: str, value: Any) -> date | None:
    if value is None or type(value) is date:
        return value
    raise Invalid("not_a_date", field, message=_("Write the date as day, month and year."))


def partial_date(field: str, value: Any) -> PartialDate | None:
    if value is None or (isinstance(value, PartialDate) and value.day.year >= OLDEST_YEAR):
        return value
    raise Invalid("not_a_date", field, message=_("Write a year, or a year and month, or the whole date."))


def number(most: int) -> Clean:
    def clean(field: str, value: Any) -> int | None:
        if value is None or (type(value) is int and 0 <= value <= most):
            return value
        raise Invalid("not_a_count", field, message=_("Write a whole number, zero or more."))

    return clean


def digits(*lengths: int) -> Clean:
    def clean(field: str, value: Any) -> str:
        text = re.sub(r"[\s.\-]", "", str(value or ""))
        if text and not (text.isascii() and text.isdigit() and len(text) in lengths):
            allowed = " / ".join(str(n) for n in lengths)
            raise Invalid("digits", field, message=_("This number has %(allowed)s digits.") % {"allowed": allowed})
        return text

    return clean


def phone(field: str, value: Any) -> str:
    """ "+6281…" for a number of any country, as typed for a short number such as 129."""
    text = squeeze(str(value or ""))
    if not text or _SHORT_NUMBER.fullmatch(text):
        return text
    try:
        parsed = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise Invalid("not_a_phone", field, message=_("Write the number with its area code, such as 0812 3456 7890."))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def email(field: str, value: Any) -> str:
    text = squeeze(str(value or ""))
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise Invalid("not_an_email", field, message=_("Write an address such as nama@contoh.id.")) from error
    return text


def web_address(field: str, value: Any) -> str:
    text = squeeze(str(value or ""))
    if text and "://" not in text:
        text = f"https://{text}"
    try:
        if text:
            _is_web_address(text)
    except ValidationError as error:
        raise Invalid("not_an_address", field, message=_("Write an address such as https://contoh.id.")) from error
    return words(200)(field, text)  # type: ignore[no-any-return]


def addresses(platforms: type[models.TextChoices]) -> Clean:
    one = one_of(platforms, blank=False)

    def clean(field: str, value: Any) -> dict[str, str]:
        return {one(field, platform): web_address(field, text) for platform, text in (value or {}).items() if text}

    return clean


def localized(field: str, value: Any) -> LocalizedText | None:
    if value is None or isinstance(value, LocalizedText):
        return value
    try:
        return LocalizedText(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise Invalid("indonesian_needed", field, message=_("Write it in Indonesian too.")) from error


def localized_list(field: str, value: Any) -> list[dict[str, str]]:
    return [dict(text) for text in (localized(field, v) for v in value or ()) if text]


def clean_name(name: str, acronym: str) -> tuple[str, str]:
    """Both tidied. Invalid where there is no name."""
    name = words(200)("name", name)
    if not name:
        raise Invalid("name_needed", "name", message=_("Write the organisation's name."))
    return name, words(40)("acronym", acronym)


def check_past(moment: PartialDate | date | None, field: str, now: datetime) -> None:
    """Invalid for a date that has begun nowhere in Indonesia, or for what is no date at all."""
    checked = day(field, moment) if type(moment) is date else partial_date(field, moment)
    first = checked.day if isinstance(checked, PartialDate) else checked
    if first and first > local_date(now, Zone.WIT):
        raise Invalid("in_the_future", field, message=_("This date is still to come. Check the year."))


def shape_warnings(values: Mapping[str, Any], today: date) -> dict[str, str | Promise]:
    """Field -> what looks odd about it. Never a reason to refuse: registers carry numbers that no rule foresaw."""
    found: dict[str, str | Promise] = {}
    npwp = str(values.get("npwp") or "")
    # A 16-digit number is the old one after a zero, or a person's identity number, which has no check digit.
    old = npwp[1:] if len(npwp) == 16 and npwp.startswith("0") else npwp
    if len(old) == 15 and not npwp_numbers.is_valid(old):
        found["npwp"] = _("The check digit of this tax number does not fit. Compare it with the card.")
    for field in ("phone", "whatsapp"):
        text = str(values.get(field) or "")
        if text.startswith("+") and not phonenumbers.is_valid_number(phonenumbers.parse(text)):
            found[field] = _("No telephone has a number like this one, as far as we know.")
    if (ends := values.get("skt_valid_until")) and ends < today:
        found["skt_valid_until"] = _("This certificate has run out.")
    return found
