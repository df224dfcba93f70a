"""What came of a case. Which outcomes can be chosen depends on what it is about."""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.cases.kinds import family_of


class Outcome(models.TextChoices):
    MET = "met", _("Needs met")
    PARTLY_MET = "partly_met", _("Needs partly met")
    UNMET = "unmet", _("Needs not met")
    REFUSED = "refused", _("Refused by the office")
    SEPARATED = "separated", _("Marriage prevented or the children separated")
    MARRIED = "married", _("Married all the same")
    DISPENSATION_FILED = "dispensation_filed", _("Dispensation asked of the court")
    DISPENSATION_REFUSED = "dispensation_refused", _("Dispensation refused by the court")
    DOCUMENT_ISSUED = "document_issued", _("Document issued")


_EVERYWHERE: Final = (Outcome.MET, Outcome.PARTLY_MET, Outcome.UNMET, Outcome.REFUSED)
_OF_FAMILY: Final = {
    "PA": (Outcome.SEPARATED, Outcome.MARRIED, Outcome.DISPENSATION_FILED, Outcome.DISPENSATION_REFUSED),
    "AD": (Outcome.DOCUMENT_ISSUED,),
}


def outcomes_for(codes: Iterable[str]) -> tuple[Outcome, ...]:
    """Those of the families of these types, most telling first, then what fits every case."""
    families = dict.fromkeys(map(family_of, codes))
    return (*(outcome for family in families for outcome in _OF_FAMILY.get(family, ())), *_EVERYWHERE)
