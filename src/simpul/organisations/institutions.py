"""Kinds of service points, and the needs they answer."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InstitutionKind(models.TextChoices):
    WOMEN_AND_CHILD_UNIT = "RI.01", _("UPTD PPA or P2TP2A (protection of women and children)")
    WOMEN_AND_CHILD_OFFICE = "RI.02", _("Office for women's empowerment and child protection (DP3A)")
    POLICE = "RI.03", _("Women and children unit of the police")
    HEALTH_CENTRE = "RI.04", _("Health centre (Puskesmas) or village health post")
    HOSPITAL = "RI.05", _("Regional hospital")
    SOCIAL_OFFICE = "RI.06", _("Social affairs office")
    CIVIL_REGISTRY = "RI.07", _("Civil registry (Dukcapil)")
    HEALTH_INSURANCE = "RI.08", _("BPJS Kesehatan (health insurance)")
    RELIGIOUS_COURT = "RI.09", _("Religious court")
    RELIGIOUS_AFFAIRS = "RI.10", _("Religious affairs office (KUA)")
    DISTRICT_COURT = "RI.11", _("District court")
    PROSECUTOR = "RI.12", _("Prosecutor's office")
    LEGAL_AID_POST = "RI.13", _("Village legal aid post or paralegal")
    LEGAL_AID = "RI.14", _("Legal aid organisation")
    WITNESS_PROTECTION = "RI.15", _("Witness and victim protection agency (LPSK)")
    LABOUR = "RI.16", _("Labour office or migrant worker service")
    EDUCATION = "RI.17", _("Education office or school")
    PROBATION = "RI.18", _("Probation office (Bapas)")
    CHILD_FORUM = "RI.19", _("Community child protection (PATBM) or children's forum")
    VILLAGE = "RI.20", _("Village government or council")
    SOCIAL_DESK = "RI.21", _("Social welfare desk (Puskesos, SLRT)")
    ZAKAT = "RI.22", _("Zakat body")
    OMBUDSMAN = "RI.23", _("Ombudsman")
    LAPOR = "RI.24", "LAPOR! (SP4N)"
    SAPA_129 = "RI.25", "SAPA 129"
    COMMISSION = "RI.26", _("Commission on violence against women, or on child protection")
    CIVIL_SOCIETY = "RI.27", _("Another civil-society organisation")
    DISASTER_AGENCY = "RI.28", _("Regional disaster agency (BPBD)")
    # Ours: the source names the safe house without a code. Its place is never published (rules.service_points).
    SAFE_HOUSE = "RI.98", _("Safe house")
    OTHER = "RI.99", pgettext_lazy("institution", "Other")


class Need(models.TextChoices):
    """The branches of cases that people come with."""

    VIOLENCE = "K", _("Violence")
    CHILD_MARRIAGE = "PA", _("Child marriage")
    CIVIL_REGISTRATION = "AD", _("Civil registration")
    HEALTH_INSURANCE = "JK", _("Health insurance")
    SOCIAL_ASSISTANCE = "BS", _("Social assistance")
    DISABILITY = "DS", _("Disability")
    OLD_AGE = "LN", _("Old age")
    MIGRANT_WORK = "PM", _("Migrant work")
    EDUCATION = "PD", pgettext_lazy("need", "Education")
    HEALTH = "KS", pgettext_lazy("need", "Health")
    LIVELIHOOD = "EK", _("Livelihood")
    LAW = "HK", _("Legal trouble")
    PUBLIC_SERVICE = "LP", _("Public services and illegal levies")
    DISASTER = "BC", _("Disaster and climate")


class Answer(models.TextChoices):
    """Not asked yet is not no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known yet")


class Weekday(models.TextChoices):
    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")


class VerificationMethod(models.TextChoices):
    VISIT = "visit", _("Visited")
    CALL = "call", _("Called")
    MESSAGE = "message", _("Asked by message")
    DOCUMENT = "document", _("Read in an official document")


# After so many days without a check an entry is shown as stale.
FRESH_FOR_DAYS: Final = 180
