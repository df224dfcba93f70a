"""How a profile is written: each field's value made tidy, put into columns, and its lists followed over time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Invalid
from simpul.kernel.time import PartialDate
from simpul.organisations import shapes
from simpul.organisations.institutions import Answer
from simpul.organisations.kinds import LegalForm, OrganisationKind
from simpul.organisations.models import Organisation, ProfileItem
from simpul.organisations.sectors import AuditOpinion, BudgetBand, Method, Sector, SocialPlatform, TargetGroup
from simpul.records.models import known_at

PARTIAL: Final = ("founded", "dissolved")
# Every field an edit may carry, and how its value is made tidy.
CLEANERS: Final[Mapping[str, shapes.Clean]] = {
    "kind": shapes.one_of(OrganisationKind, blank=False),
    "founded": shapes.partial_date,
    "dissolved": shapes.partial_date,
    "legal_form": shapes.one_of(LegalForm),
    "deed_number": shapes.words(60),
    "deed_date": shapes.day,
    "deed_notary": shapes.words(120),
    "legal_decree_number": shapes.words(60),
    "legal_decree_date": shapes.day,
    "skt_number": shapes.words(60),
    "skt_valid_until": shapes.day,
    "npwp": shapes.digits(15, 16),
    "nib": shapes.digits(13),
    "address": shapes.words(300),
    "postal_code": shapes.digits(5),
    "phone": shapes.phone,
    "whatsapp": shapes.phone,
    "email": shapes.email,
    "website": shapes.web_address,
    "socials": shapes.addresses(SocialPlatform),
    "description": shapes.localized,
    "sectors": shapes.some_of(Sector),
    "target_groups": shapes.some_of(TargetGroup),
    "methods": shapes.some_of(Method),
    "principles": shapes.localized_list,
    "activity_forms": shapes.localized_list,
    "accepts_referrals": shapes.one_of(Answer, blank=False),
    "board_women": shapes.number(32_767),
    "board_men": shapes.number(32_767),
    "staff_women": shapes.number(1_000_000),
    "staff_men": shapes.number(1_000_000),
    "volunteers": shapes.number(100_000_000),
    "disabled_staff": shapes.number(1_000_000),
    "budget_band": shapes.one_of(BudgetBand),
    "audit_year": shapes.number(9_999),
    "audit_opinion": shapes.one_of(AuditOpinion),
}


def cleaned_profile(changes: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Field -> tidy value. Invalid for a value that can't be, or a field that is not one of `CLEANERS`."""
    cleaned = {field: _clean(field, value) for field, value in changes.items()}
    for field in PARTIAL:
        shapes.check_past(cleaned.get(field), field, now)
    return cleaned


def _clean(field: str, value: Any) -> Any:
    if field not in CLEANERS:
        raise Invalid("unknown_field", field, message=_("This can't be changed here."))
    return CLEANERS[field](field, value)


def columns_of(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    columns = {field: value for field, value in cleaned.items() if field not in PARTIAL}
    for field in PARTIAL:
        if field in cleaned:
            moment: PartialDate | None = cleaned[field]
            columns[f"{field}_on"] = moment.day if moment else None
            columns[f"{field}_precision"] = str(moment.precision) if moment else ""
    return columns


def follow_list(organisation: Organisation, field: str, now: datetime) -> None:
    """Keep the list's history: entries taken out are superseded, new ones appended."""
    wanted = {_key(item): item for item in getattr(organisation, field)}
    known = {_key(row.code or row.text or ""): row for row in _known_items(organisation, field)}
    gone = [row.pk for key, row in known.items() if key not in wanted]
    ProfileItem.objects.filter(pk__in=gone).update(superseded_at=now)
    for key, item in wanted.items():
        if key not in known:
            _item(organisation, field, item, now).save(force_insert=True)


def items_of(organisation: Organisation, field: str, now: datetime) -> list[ProfileItem]:
    """The beginning of a list's history, unsaved: of an organisation that has none yet."""
    items = {_key(item): item for item in getattr(organisation, field)}
    return [_item(organisation, field, item, now) for item in items.values()]


def _item(organisation: Organisation, field: str, item: str | Mapping[str, str], now: datetime) -> ProfileItem:
    words = {"code": item} if isinstance(item, str) else {"text": item}
    return ProfileItem(organisation=organisation, field=field, recorded_at=now, **words)


def _known_items(organisation: Organisation, field: str) -> QuerySet[ProfileItem]:
    return ProfileItem.objects.filter(known_at(None), organisation=organisation, field=field)


def _key(item: str | Mapping[str, str]) -> str | frozenset[tuple[str, str]]:
    return item if isinstance(item, str) else frozenset(item.items())
