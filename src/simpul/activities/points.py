"""Points of a test, as people write them."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Invalid

HIGHEST = Decimal(100)


def points(field: str, text: str) -> Decimal | None:
    """ "82", "82,5" or "82.5" out of 100; None for nothing. Invalid("not_points")."""
    plain = text.strip().replace(",", ".").removesuffix("%").strip()
    if not plain:
        return None
    wrong = Invalid("not_points", field, message=_("Write points from 0 to 100, such as 72 or 72,5."))
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise wrong from error
    if not value.is_finite() or not 0 <= value <= HIGHEST:
        raise wrong
    return value.quantize(Decimal("0.01"))
