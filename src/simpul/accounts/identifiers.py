"""What people type to say which account is theirs: an e-mail address, a phone number, or the account's code."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Invalid
from simpul.kernel.text import squeeze


def normal_email(text: str) -> str:
    """Lower case, composed, trimmed. Invalid("email") for what is no address.

    The part before the @ is folded too: no provider in use tells upper from lower case, and people do not either.
    """
    address = squeeze(text).lower()
    try:
        validate_email(address)
    except ValidationError as error:
        message = _("Write the whole e-mail address, like nama@contoh.id.")
        raise Invalid("email", "email", message=message) from error
    return address


def normal_phone(text: str) -> str:
    """ "0812 3456 7890", "62812..." and "+62812..." become "+6281234567890" (E.164). Invalid("phone") otherwise.

    Numbers of other countries need their plus sign.
    """
    try:
        number = phonenumbers.parse(squeeze(text), "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        message = _("Write the phone number with its area or operator code, like 0812 3456 7890.")
        raise Invalid("phone", "phone", message=message)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(phone: str) -> str:
    """As people write it at home: "0812-3456-7890"; foreign numbers with their country code."""
    number = phonenumbers.parse(phone, "ID")
    style = phonenumbers.PhoneNumberFormat
    home = number.country_code == 62
    return phonenumbers.format_number(number, style.NATIONAL if home else style.INTERNATIONAL)
