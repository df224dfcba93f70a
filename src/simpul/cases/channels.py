"""How a report reached the group. A case opens only from a report (R12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    WHATSAPP = "whatsapp", "WhatsApp"
    LETTER = "letter", _("By letter or e-mail")
    FORM = "form", _("Through the public form")
    OUTREACH = "outreach", _("Found on outreach")
    REFERRAL = "referral", _("Referred to us")
    TRANSFER = "transfer", _("Handed over to us")
