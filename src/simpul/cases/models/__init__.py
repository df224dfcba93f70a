"""The tables of this context."""

from simpul.cases.models.cases import Case, CaseSeries, CaseStep
from simpul.cases.models.parties import Party, PartyTag, PartyType
from simpul.cases.models.referrals import Referral, ReferralLink, ReferralRecipient, ReferralStep
from simpul.cases.models.sight import Assignment, Escalation, Exclusion, FieldClash, Opening

__all__ = [
    "Assignment",
    "Case",
    "CaseSeries",
    "CaseStep",
    "Escalation",
    "Exclusion",
    "FieldClash",
    "Opening",
    "Party",
    "PartyTag",
    "PartyType",
    "Referral",
    "ReferralLink",
    "ReferralRecipient",
    "ReferralStep",
]
