"""Consent as data: who gives it, how, for what; and on which ground anything else rests."""

import re
from typing import Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

NOTICE_VERSION: Final = "2025-01"  # of the explanation that is read out before anybody is asked


class Capacity(models.TextChoices):
    SELF = "self", _("The person themself")
    PARENT = "parent", _("Father or mother")
    GUARDIAN = "guardian", _("Guardian")
    COMPANION = "companion", _("Companion, where no guardian can be asked")


class Manner(models.TextChoices):
    SPOKEN = "spoken", _("Spoken, with a witness")
    SIGNATURE = "signature", _("Signed on the screen")
    AUDIO = "audio", _("Recorded voice")
    SHEET = "sheet", _("On a paper sheet")  # signed or with a thumbprint, which stays on paper


class Language(models.TextChoices):
    INDONESIAN = "id", _("Indonesian")
    SASAK = "sas", _("Sasak")
    SUNDANESE = "su", _("Sundanese")
    JAVANESE = "jv", _("Javanese")
    SIGN = "sign", _("Sign language or with an aid")
    OTHER = "other", _("Another language")


class Basis(models.TextChoices):
    """On what a processing rests (UU 27/2022 art. 20). A duty of law is named, never assumed."""

    CONSENT = "consent", _("The person's consent")
    VITAL_INTEREST = "vital", _("Danger to life or health")
    LEGAL_DUTY = "duty", _("A duty by law")
    OVERRIDE = "override", _("Without consent, decided by the coordinator")


RECORD: Final = "record"
AGGREGATE: Final = "aggregate"
PURPOSES: Final = {RECORD: _("Keep a record to help"), AGGREGATE: _("Be counted in figures without names")}
_KEY: Final = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REFER: Final = re.compile(f"refer:{_KEY}")
_TRANSFER: Final = re.compile(f"transfer:{_KEY}")


def refer_to(service_point_id: UUID) -> str:
    """The purpose of handing data to that service point."""
    return f"refer:{service_point_id}"


def referred_to(purpose: str) -> UUID | None:
    """The service point of such a purpose, None for any other."""
    return UUID(purpose.removeprefix("refer:")) if _REFER.fullmatch(purpose) else None


def transfer_to(organisation_id: UUID) -> str:
    """The purpose of handing the whole case to that organisation, which keeps it from then on."""
    return f"transfer:{organisation_id}"


def transferred_to(purpose: str) -> UUID | None:
    """The organisation of such a purpose, None for any other."""
    return UUID(purpose.removeprefix("transfer:")) if _TRANSFER.fullmatch(purpose) else None


def is_purpose(purpose: str) -> bool:
    return purpose in PURPOSES or bool(_REFER.fullmatch(purpose) or _TRANSFER.fullmatch(purpose))
