"""What an organisation declares about itself, and how sure others are of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeclarationKind(models.TextChoices):
    """The seven `KL.*` are the minimum accountability standards of Konsil LSM Indonesia."""

    GOVERNANCE = "KL.1", _("Good governance")
    STAFF = "KL.2", _("Professional management of staff")
    FINANCE = "KL.3", _("Open and trustworthy finance")
    PARTICIPATION = "KL.4", _("Communities take part in a way that matters")
    COMPLAINTS = "KL.5", _("Complaints are handled")
    TRANSPARENCY = "KL.6", _("Transparency")
    CONFLICT_OF_INTEREST = "KL.7", _("Conflicts of interest are prevented")
    POLITICAL_NEUTRALITY = "neutral", _("Politically neutral")
    PSEA = "psea", _("Protection from sexual exploitation and abuse (PSEA)")
    CHILD_SAFEGUARDING = "child", _("Child safeguarding")
    CHS = "chs", _("Core Humanitarian Standard (CHS)")
    SPHERE = "sphere", _("Sphere standards")


class DeclarationStanding(models.TextChoices):
    DECLARED = "declared", _("Declared by the organisation")
    VERIFIED = "verified", _("Verified by another")
    WITHDRAWN = "withdrawn", _("Withdrawn")
