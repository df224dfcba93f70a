"""The other two axes of triage, beside the type: how urgent, and who is competent."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Risk(models.TextChoices):
    HIGH = "RK.T", pgettext_lazy("risk", "High")
    MEDIUM = "RK.S", pgettext_lazy("risk", "Medium")
    LOW = "RK.R", pgettext_lazy("risk", "Low")


class Authority(models.TextChoices):
    VILLAGE = "village", _("Village group")
    REGENCY = "regency", _("Regency or city")
    BEYOND = "beyond", _("Several regencies, or the province")
    NATIONAL = "national", _("National level or abroad")
