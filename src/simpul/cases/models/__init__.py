"""The tables of this context."""

from simpul.cases.models.breaches import BreachStep, DataBreach
from simpul.cases.models.care import Checkin, Handover, Threat
from simpul.cases.models.cases import Case, CaseSeries, CaseStep
from simpul.cases.models.closing import ClosureRequest, DeskRules
from simpul.cases.models.complaint_drafts import ComplaintDraft, ReceiptPace
from simpul.cases.models.complaint_talk import ComplaintDecision, ComplaintMessage, ComplaintOutcome, Satisfaction
from simpul.cases.models.complaints import Complaint, ComplaintAssignment, ComplaintExclusion, ComplaintSecret
from simpul.cases.models.consents import Assent, Consent, ConsentWithdrawal, LegalBasis, PoliceDecision
from simpul.cases.models.counted import CountedType, CountedVictim
from simpul.cases.models.exports import CaseExport, ExportedCase, ExportWork
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
from simpul.cases.models.retention import (
    CaseTombstone,
    RetentionExtension,
    RetentionRule,
    RetentionWarning,
)
from simpul.cases.models.rights import LegalHold, Restriction, RightsRequest
from simpul.cases.models.sight import Assignment, Escalation, Exclusion, FieldClash, Opening
from simpul.cases.models.tickets import OutreachCount, QueueDocument, QueueEntry, QueueTicket
from simpul.cases.models.transfers import Transfer, TransferGround

__all__ = [
    "Appointment",
    "Assent",
    "Assignment",
    "BreachStep",
    "Case",
    "CaseExport",
    "CaseSeries",
    "CaseStep",
    "CaseTombstone",
    "Checkin",
    "ClosureRequest",
    "Complaint",
    "ComplaintAssignment",
    "ComplaintDecision",
    "ComplaintDraft",
    "ComplaintExclusion",
    "ComplaintMessage",
    "ComplaintOutcome",
    "ComplaintSecret",
    "Consent",
    "ConsentWithdrawal",
    "Cost",
    "CountedType",
    "CountedVictim",
    "DataBreach",
    "DeskRules",
    "DocumentNeeded",
    "Escalation",
    "Exclusion",
    "ExportWork",
    "ExportedCase",
    "FieldClash",
    "Handover",
    "LegalBasis",
    "LegalHold",
    "MediationAllowance",
    "Need",
    "Opening",
    "OutreachCount",
    "Party",
    "PartyTag",
    "PartyType",
    "PlanItem",
    "PoliceDecision",
    "QueueDocument",
    "QueueEntry",
    "QueueTicket",
    "ReceiptPace",
    "Referral",
    "ReferralLink",
    "ReferralRecipient",
    "ReferralStep",
    "Restriction",
    "RetentionExtension",
    "RetentionRule",
    "RetentionWarning",
    "RightsRequest",
    "Satisfaction",
    "Service",
    "Threat",
    "Transfer",
    "TransferGround",
    "Visit",
]
