"""The fields of a profile in words: codes as their names, numbers and dates as the language writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate
from simpul.organisations.institutions import Answer
from simpul.organisations.kinds import LegalForm
from simpul.organisations.sectors import AuditOpinion, BudgetBand, Method, Sector, SocialPlatform, TargetGroup
from simpul.organisations.visibility import FIELDS
from simpul.web import formats
from simpul.web.components import Row, Text


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are read together; only those that are filled in."""

    label: Text
    rows: list[Row]


GROUPS: Final[tuple[tuple[Text, tuple[str, ...]], ...]] = (
    (_("What it does"), ("sectors", "target_groups", "methods", "activity_forms", "principles")),
    (
        _("How to reach it"),
        ("address", "postal_code", "phone", "whatsapp", "email", "website", "socials", "accepts_referrals"),
    ),
    (
        _("Legal identity"),
        (
            "founded", "dissolved", "legal_form", "deed_number", "deed_date", "deed_notary", "legal_decree_number",
            "legal_decree_date", "skt_number", "skt_valid_until", "npwp", "nib",
        ),
    ),
    (
        _("People and means"),
        (
            "board_women", "board_men", "staff_women", "staff_men", "volunteers", "disabled_staff", "budget_band",
            "audit_year", "audit_opinion",
        ),
    ),
)  # fmt: skip


def groups(profile: Mapping[str, Any]) -> list[Group]:
    """`profile` as `queries.profiles.profile_for` gives it; what is empty is left out, and so are empty groups."""
    told = [Group(label, [_row(f, profile[f]) for f in fields if _is_told(profile.get(f))]) for label, fields in GROUPS]
    return [group for group in told if group.rows]


def _is_told(value: object) -> bool:
    return value not in (None, "", [], {}, Answer.UNKNOWN)


def _row(field: str, value: Any) -> Row:
    return Row(FIELDS[field].label, _WRITTEN.get(field, _plain)(value))


def _plain(value: Any) -> Text:
    language = get_language() or "id"
    if isinstance(value, PartialDate):
        return formats.partial(value, language=language)
    if isinstance(value, date):
        return formats.day(value, language=language)
    return formats.number(value, language=language) if isinstance(value, int) else value


def _named(choices: type[TextChoices]) -> Callable[[Any], Text]:
    """A code, or a list of codes, by name; a code of a later version as it stands."""
    names = dict(choices.choices)

    def write(value: str | list[str]) -> Text:
        if isinstance(value, str):
            return names.get(value, value)
        return format_html_join("", "<span>{}</span>", ((names.get(v, v),) for v in value))

    return write


def _texts(values: list[LocalizedText]) -> Text:
    language = get_language() or "id"
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((v.to(language),) for v in values)))


def _socials(value: Mapping[str, str]) -> Text:
    names = dict(SocialPlatform.choices)
    links = ((address, names.get(key, key)) for key, address in value.items() if address.startswith("https://"))
    return format_html_join(" · ", '<a href="{}" rel="noopener noreferrer">{}</a>', links)


def _link(scheme: str) -> Callable[[Any], Text]:
    return lambda value: format_html('<a href="{}{}" rel="noopener noreferrer">{}</a>', scheme, value, value)


def _website(value: str) -> Text:
    """A link only where it leads to a page: an address may have come from a file."""
    return _link("")(value) if value.startswith(("https://", "http://")) else value


def _whatsapp(value: str) -> Text:
    digits = "".join(c for c in value if c.isdigit())
    return format_html('<a href="https://wa.me/{}" rel="noopener noreferrer">{}</a>', digits, value)


_WRITTEN: Final[Mapping[str, Callable[[Any], Text]]] = {
    "sectors": _named(Sector),
    "target_groups": _named(TargetGroup),
    "methods": _named(Method),
    "legal_form": _named(LegalForm),
    "accepts_referrals": _named(Answer),
    "budget_band": _named(BudgetBand),
    "audit_opinion": _named(AuditOpinion),
    "audit_year": str,
    "principles": _texts,
    "activity_forms": _texts,
    "socials": _socials,
    "website": _website,
    "email": _link("mailto:"),
    "phone": _link("tel:"),
    "whatsapp": _whatsapp,
}
