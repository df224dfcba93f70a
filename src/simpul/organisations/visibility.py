"""The fields of a profile: what each is called, and who sees it unless the organisation decides otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.organisations.kinds import OrganisationKind


class Audience(models.TextChoices):
    """Who sees a field. Each sees what the ones before it see."""

    PUBLIC = "public", _("Everybody")
    NETWORK = "network", _("Signed-in people of organisations it shares a network with")
    OWN = "own", _("Its own people and who looks after its entry")


PUBLIC, NETWORK, OWN = Audience.PUBLIC, Audience.NETWORK, Audience.OWN


@dataclass(frozen=True, slots=True)
class ProfileField:
    label: str | Promise
    audience: Audience


FIELDS: Final[Mapping[str, ProfileField]] = MappingProxyType(
    {
        "founded": ProfileField(_("Founded"), PUBLIC),
        "dissolved": ProfileField(_("Dissolved"), PUBLIC),
        "legal_form": ProfileField(_("Legal form"), PUBLIC),
        "deed_number": ProfileField(_("Number of the deed"), NETWORK),
        "deed_date": ProfileField(_("Date of the deed"), NETWORK),
        "deed_notary": ProfileField(_("Notary"), NETWORK),
        "legal_decree_number": ProfileField(_("Number of the ministry's decree (AHU)"), NETWORK),
        "legal_decree_date": ProfileField(_("Date of the ministry's decree"), NETWORK),
        "skt_number": ProfileField(_("Number of the registration certificate (SKT)"), NETWORK),
        "skt_valid_until": ProfileField(_("Registration certificate valid until"), NETWORK),
        "npwp": ProfileField(_("Tax number (NPWP)"), OWN),
        "nib": ProfileField(_("Business number (NIB)"), OWN),
        "address": ProfileField(_("Address"), PUBLIC),
        "postal_code": ProfileField(_("Postal code"), PUBLIC),
        "phone": ProfileField(_("Telephone"), PUBLIC),
        "whatsapp": ProfileField(_("WhatsApp"), PUBLIC),
        "email": ProfileField(_("E-mail"), PUBLIC),
        "website": ProfileField(_("Website"), PUBLIC),
        "socials": ProfileField(_("Social media"), PUBLIC),
        "description": ProfileField(_("About"), PUBLIC),
        "sectors": ProfileField(_("Sectors"), PUBLIC),
        "target_groups": ProfileField(_("Who it works with"), PUBLIC),
        "methods": ProfileField(_("How it works"), PUBLIC),
        "principles": ProfileField(_("Values and principles"), PUBLIC),
        "activity_forms": ProfileField(_("Forms of activity"), PUBLIC),
        "accepts_referrals": ProfileField(_("Accepts referrals"), PUBLIC),
        "board_women": ProfileField(_("Women on the board"), NETWORK),
        "board_men": ProfileField(_("Men on the board"), NETWORK),
        "staff_women": ProfileField(_("Women on the staff"), NETWORK),
        "staff_men": ProfileField(_("Men on the staff"), NETWORK),
        "volunteers": ProfileField(_("Volunteers"), NETWORK),
        "disabled_staff": ProfileField(_("Staff with disabilities"), OWN),
        "budget_band": ProfileField(_("Budget of last year"), OWN),
        "audit_year": ProfileField(_("Year of the last audit"), NETWORK),
        "audit_opinion": ProfileField(_("Opinion of the last audit"), NETWORK),
    }
)

# A village group's telephone and address are somebody's own.
_OF_VILLAGE_GROUPS: Final = MappingProxyType(
    dict.fromkeys(("address", "postal_code", "phone", "whatsapp", "email"), OWN)
)


def audience_of(field: str, kind: str, chosen: Mapping[str, str]) -> Audience:
    """Who sees this field of an organisation of that kind; `chosen` are its own decisions (field -> audience)."""
    if field in chosen:
        return Audience(chosen[field])
    if kind == OrganisationKind.VILLAGE_GROUP and field in _OF_VILLAGE_GROUPS:
        return _OF_VILLAGE_GROUPS[field]
    return FIELDS[field].audience


class SafetyReason(models.TextChoices):
    """Why safety mode was set or ended: as much as anybody needs to know."""

    THREAT = "threat", _("It or its people are threatened")
    RAID = "raid", _("Its office or accounts were entered")
    REQUEST = "request", _("It asked for it")
    OVER = "over", _("The danger is over")
