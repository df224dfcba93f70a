"""The tables of this context."""

from simpul.cases.models.cases import Case, CaseSeries, CaseStep
from simpul.cases.models.consents import Assent, Consent, ConsentWithdrawal, LegalBasis, PoliceDecision
from simpul.cases.models.help import (
    Appointment,
    Cost,
    DocumentNeeded,
    MediationAllowance,
    Need,
    PlanItem,
    Service,
    Visit,
)
from simpul.cases.models.parties import Party, PartyTag, PartyType
from simpul.cases.models.referrals import Referral, ReferralLink, ReferralRecipient, ReferralStep
from simpul.cases.models.sight import Assignment, Escalation, Exclusion, FieldClash, Opening

__all__ = [
    "Appointment",
    "Assent",
    "Assignment",
    "Case",
    "CaseSeries",
    "CaseStep",
    "Consent",
    "ConsentWithdrawal",
    "Cost",
    "DocumentNeeded",
    "Escalation",
    "Exclusion",
    "FieldClash",
    "LegalBasis",
    "MediationAllowance",
    "Need",
    "Opening",
    "Party",
    "PartyTag",
    "PartyType",
    "PlanItem",
    "PoliceDecision",
    "Referral",
    "ReferralLink",
    "ReferralRecipient",
    "ReferralStep",
    "Service",
    "Visit",
]
