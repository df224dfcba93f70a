"""What help is planned and given with: time frames, documents, results."""

from datetime import date, timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class TimeFrame(models.TextChoices):
    NOW = "now", _("At once")
    DAYS = "days", _("Within three days")
    WEEK = "week", _("Within a week")
    MONTH = "month", _("Within a month")
    QUARTER = "quarter", _("Within three months")


_DAYS: Final = {TimeFrame.NOW: 0, TimeFrame.DAYS: 3, TimeFrame.WEEK: 7, TimeFrame.MONTH: 30, TimeFrame.QUARTER: 90}


def due_within(time_frame: str, today: date) -> date:
    return today + timedelta(days=_DAYS[TimeFrame(time_frame)])


class Result(models.TextChoices):
    DONE = "done", _("Done")
    PARTLY = "partly", _("Partly done")
    REFUSED = "refused", _("Refused by the office")
    UNDER_WAY = "under_way", _("Under way")
    NOT_DONE = "not_done", _("Did not happen")


class DocumentKind(models.TextChoices):
    IDENTITY_CARD = "identity_card", _("Identity card (KTP-el)")
    FAMILY_CARD = "family_card", _("Family card (Kartu Keluarga)")
    BIRTH_CERTIFICATE = "birth_certificate", _("Birth certificate")
    MARRIAGE_BOOK = "marriage_book", _("Marriage book")
    INSURANCE_CARD = "insurance_card", _("Health insurance card (JKN)")
    POVERTY_LETTER = "poverty_letter", _("Letter from the village that the family is poor (SKTM)")
    VILLAGE_LETTER = "village_letter", _("Introduction letter from the village")
    SCHOOL_CERTIFICATE = "school_certificate", _("School certificate")
    CHRONOLOGY = "chronology", _("Account of what happened")
    FORENSIC_REPORT = "forensic_report", _("Forensic report (visum)")
    POLICE_RECEIPT = "police_receipt", _("Receipt of the police report")
    PHOTO = "photo", _("Photograph")
    OTHER = "other", _("Another document")


class CostKind(models.TextChoices):
    TRANSPORT = "transport", _("Transport")
    FEE = "fee", _("Official fee")
    COPIES = "copies", _("Copies, stamps, photographs")
    FOOD = "food", _("Food and lodging")
    HEALTH = "health", _("Medicine and treatment")
    OTHER = "other", _("Something else it cost")


class Payer(models.TextChoices):
    PERSON = "person", _("The person or their family")
    GROUP = "group", _("The group")
    VILLAGE = "village", _("The village budget")
    OFFICE = "office", _("The office")
    DONOR = "donor", _("Somebody who gave")


class MediationGround(models.TextChoices):
    """Where mediation is off unless an organisation switches it on, with a reason."""

    DOMESTIC = "domestic", _("Domestic violence (KDRT)")
    TRAFFICKING = "trafficking", _("Trafficking in persons")
    CHILD = "child", _("Violence against a child")


VISIT_MONTHS: Final = (1, 3, 6)


class Wellbeing(models.TextChoices):
    BETTER = "better", _("Better")
    SAME = "same", _("As before")
    WORSE = "worse", _("Worse")
    IN_DANGER = "in_danger", _("In danger")
    NOT_MET = "not_met", _("Not met")
