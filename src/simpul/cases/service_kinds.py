"""The services a person may need and be given. The first seven are the functions of a UPTD PPA."""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class ServiceKind(models.TextChoices):
    INTAKE = "SV.01", _("Receiving a complaint")
    OUTREACH = "SV.02", _("Outreach")
    ASSESSMENT = "SV.03", _("Assessment")
    MANAGEMENT = "SV.04", _("Case management, case conference")
    SHELTER = "SV.05", _("Temporary shelter or safe house")
    MEDIATION = "SV.06", _("Mediation")
    ACCOMPANIMENT = "SV.07", _("Accompaniment to an office, clinic, the police or court")
    HEALTH = "SV.08", _("Health care and forensic report")
    PSYCHOLOGICAL = "SV.09", _("Psychological support, counselling")
    LEGAL_AID = "SV.10", _("Legal aid")
    LAW_ENFORCEMENT = "SV.11", _("Report to the police")
    SOCIAL_REHABILITATION = "SV.12", _("Social rehabilitation")
    REINTEGRATION = "SV.13", _("Social reintegration")
    RETURN = "SV.14", _("Return home")
    RELIGIOUS = "SV.15", _("Support by a religious leader")
    ECONOMIC = "SV.16", _("Economic empowerment")
    DOCUMENTS = "SV.17", _("Arranging documents")
    INSURANCE = "SV.18", _("Registering or reactivating insurance")
    SOCIAL_AID = "SV.19", _("Proposal for social assistance")
    DIRECT_AID = "SV.20", _("Direct help (transport, food)")
    FAMILY_EDUCATION = "SV.21", _("Talking with the family")
    SEPARATION = "SV.22", _("Preventing a child marriage, separating the children")
    MOBILE = "SV.23", _("Mobile service")
    INFORMATION = "SV.24", _("Information only")


_NEVER_MEDIATED: Final = ("K.S", "PA")


def is_beyond_mediation(codes: Iterable[str]) -> bool:
    """Sexual violence and child marriage are never settled between the parties (R1; UU 12/2022 art. 23)."""
    return any(code == one or code.startswith(f"{one}.") for code in codes for one in _NEVER_MEDIATED)
