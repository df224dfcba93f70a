"""The papers of an organisation: what kinds there are, and who sees each unless the organisation decides otherwise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.organisations.visibility import Audience


class PaperKind(models.TextChoices):
    """In the order a profile lists them."""

    DEED = "deed", _("Deed of establishment (akta)")
    DECREE = "decree", _("Decree (SK)")
    BYLAWS = "bylaws", _("Statutes and bylaws (AD/ART)")
    REGISTRATION = "registration", _("Registration certificate (SKT, NIB)")
    TAX = "tax", _("Tax card (NPWP)")
    BOARD = "board", _("Structure and board")
    PLAN = "plan", _("Strategic or yearly plan")
    ANNUAL = "annual", _("Annual report")
    FINANCE = "finance", _("Financial report or audit")
    POLICY = "policy", _("Policy or code of conduct")
    PROFILE = "profile", _("Profile or brochure")
    OTHER = "other", _("Something else")


_PUBLIC = {PaperKind.BYLAWS, PaperKind.ANNUAL, PaperKind.POLICY, PaperKind.PROFILE}
_OWN = {PaperKind.TAX, PaperKind.OTHER}


def usual_audience(kind: str) -> Audience:
    """Who sees a paper of that kind where nobody decides: as the profile's field of the same matter."""
    if kind in _PUBLIC:
        return Audience.PUBLIC
    return Audience.OWN if kind in _OWN else Audience.NETWORK
