"""What runs on a referral until the office says yes or no: the group's own agreement, and the local standard of such an
office, where the group has taken it over. Which of them are in use is configuration (`deadlines`).
"""

from typing import Final

from simpul.cases.models import Referral
from simpul.cases.triage import Risk
from simpul.organisations.institutions import InstitutionKind

ANSWER_DUE: Final = "P01"
FOLLOW_UP: Final = "D04"
_BY_RISK: Final[dict[str, str]] = {Risk.HIGH: "D03.1", Risk.MEDIUM: "D03.2"}


def codes_of(referral: Referral) -> tuple[str, ...]:
    """Of every clock that may run on it, by the office and by how urgent the case is."""
    if referral.service_point.kind != InstitutionKind.WOMEN_AND_CHILD_UNIT:
        return (ANSWER_DUE,)
    by_risk = _BY_RISK.get(referral.case.risk)
    return (ANSWER_DUE, FOLLOW_UP, *([by_risk] if by_risk else []))
