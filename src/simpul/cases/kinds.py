"""What a case is about: the two branches as practitioners speak, and the types under them.

Codes are stored and exchanged. A victim has as many types as apply, so totals by type exceed the number of victims.
"""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROTECTED_FAMILIES: Final = frozenset({"K", "PA"})
# The provider has to think of the police within three days: told to the person, decided with her (R2).
POLICE_CLOCK: Final = ("K.S", "PA.2", "PA.3")


class Branch(models.TextChoices):
    """Violence includes child marriage; a case of this branch is need-to-know, whatever else it is about."""

    VIOLENCE = "violence", _("Violence")
    SOCIAL = "social", _("Social protection")


FAMILIES: Final[dict[str, Promise]] = {
    "K": _("Violence"),
    "PA": _("Child marriage"),
    "AD": _("Civil registration"),
    "JK": _("Health insurance"),
    "BS": _("Social assistance"),
    "DS": _("Disability"),
    "LN": _("Older people"),
    "PM": _("Migrant workers"),
    "PD": _("Education"),
    "KS": _("Health"),
    "EK": _("Livelihood"),
    "HK": _("Law"),
    "LP": _("Public services, levies and infrastructure"),
    "BC": _("Disaster and climate"),
    "LX": pgettext_lazy("case type", "Something else"),
}

CASE_TYPES: Final[dict[str, Promise]] = {
    # The seven forms of the national register of violence (SIMFONI).
    "K.F": _("Physical violence"),
    "K.P": _("Psychological violence"),
    "K.S": _("Sexual violence"),
    "K.E": _("Exploitation"),
    "K.T": _("Trafficking in persons"),
    "K.N": _("Neglect"),
    "K.L": _("Another form of violence"),
    # The nine of the law on sexual violence: each of them is K.S too.
    "K.S.1": _("Non-physical sexual harassment"),
    "K.S.2": _("Physical sexual harassment"),
    "K.S.3": _("Forced contraception"),
    "K.S.4": _("Forced sterilisation"),
    "K.S.5": _("Forced marriage"),
    "K.S.6": _("Sexual torture"),
    "K.S.7": _("Sexual exploitation"),
    "K.S.8": _("Sexual slavery"),
    "K.S.9": _("Electronic sexual violence"),
    "PA.1": _("Child marriage that is planned"),
    "PA.2": _("Child taken away to be married, being separated"),
    "PA.3": _("Child already married without registration"),
    "PA.4": _("Court dispensation for a child to marry"),
    "PA.5": _("Pregnancy of a child"),
    "AD.1": _("Identity card (KTP-el)"),
    "AD.2": _("Family card (Kartu Keluarga)"),
    "AD.3": _("Birth certificate"),
    "AD.4": _("Child identity card (KIA)"),
    "AD.5": _("Death certificate"),
    "AD.6": _("Marriage book or court validation of a marriage"),
    "AD.7": _("Divorce certificate"),
    "AD.8": _("Moving in or away"),
    "AD.9": _("Differing data or two NIK"),
    "AD.10": _("No NIK yet"),
    "JK.1": _("Registering for health insurance (JKN)"),
    "JK.2": _("Premium paid by the national budget (PBI)"),
    "JK.3": _("Premium paid by the regional budget"),
    "JK.4": _("Inactive card, reactivation"),
    "JK.5": _("Unpaid premiums"),
    "JK.6": _("Refused or sent on by a health facility"),
    "BS.1": _("Family Hope Programme (PKH)"),
    "BS.2": _("Food assistance (Sembako, BPNT)"),
    "BS.3": _("Cash assistance from the Village Fund"),
    "BS.4": _("Smart Indonesia Programme (PIP, KIP)"),
    "BS.5": _("Scholarship for higher education (KIP Kuliah)"),
    "BS.6": _("Assistance for older people, people with disabilities, orphans (ATENSI)"),
    "BS.7": _("House not fit to live in"),
    "BS.8": _("Social and economic register (DTSEN): proposal or objection"),
    "BS.9": _("Assistance that misses, or levies on it"),
    "DS.1": _("Assistive device"),
    "DS.2": _("Assessment or disability card"),
    "DS.3": _("Therapy or rehabilitation"),
    "DS.4": _("Access to school"),
    "DS.5": _("Mental illness, restraint at home"),
    "LN.1": _("Older person left alone"),
    "LN.2": _("Care of an older person"),
    "LN.3": _("Assistance for an older person"),
    "PM.1": _("Migrant worker without papers"),
    "PM.2": _("Wages or contract of a migrant worker"),
    "PM.3": _("Return of a migrant worker"),
    "PM.4": _("Lost contact with a migrant worker"),
    "PM.5": _("Migrant worker who died"),
    "PM.6": _("Child of a migrant worker"),
    "PD.1": _("Out of school"),
    "PD.2": _("School costs, certificate held back"),
    "PD.3": _("Access to inclusive school"),
    "KS.1": _("Mother or baby at high risk"),
    "KS.2": _("Stunting"),
    "KS.3": _("Mental health"),
    "KS.4": _("Another health matter"),
    "EK.1": _("Business permit"),
    "EK.2": _("Capital, online loans, moneylenders"),
    "HK.1": _("Family dispute or maintenance"),
    "HK.2": _("Inheritance or land"),
    "HK.3": _("Child in conflict with the law"),
    "HK.4": _("Another legal matter"),
    "LP": _("Public services, levies and infrastructure"),
    "BC": _("Disaster and climate"),
    "LX": pgettext_lazy("case type", "Something else"),
}


class Setting(models.TextChoices):
    """Where or how violence happened: beside its forms, never instead of them."""

    DOMESTIC = "domestic", _("Domestic violence (KDRT)")
    ONLINE = "online", _("Online (KBGO, KSBE)")
    SCHOOL = "school", _("At school, bullying")
    WORK = "work", _("At work")
    OFFICIALS = "officials", _("By officials")


def family_of(code: str) -> str:
    """ "K" of "K.S.1"."""
    return code.partition(".")[0]


def form_of(code: str) -> str:
    """ "K.S" of "K.S.1"; "LP" of "LP"."""
    return ".".join(code.split(".")[:2])


def is_protected(codes: Iterable[str]) -> bool:
    """Whether one of these types makes a case need-to-know."""
    return any(family_of(code) in PROTECTED_FAMILIES for code in codes)


def branch_of(codes: Iterable[str]) -> Branch:
    return Branch.VIOLENCE if is_protected(codes) else Branch.SOCIAL


def starts_police_clock(codes: Iterable[str]) -> bool:
    return any(code == one or code.startswith(f"{one}.") for code in codes for one in POLICE_CLOCK)


def types_of(branch: str) -> dict[str, Promise]:
    """The types to choose from on the first screen of a branch, without the sub-types of sexual violence."""
    return {
        code: label for code, label in CASE_TYPES.items() if branch_of([code]) == branch and not code.startswith("K.S.")
    }
