"""The tables of this context."""

from simpul.organisations.models.accompaniments import Accompaniment
from simpul.organisations.models.announcements import (
    Announcement,
    AnnouncementReading,
    AnnouncementRecipient,
    AnnouncementVersion,
)
from simpul.organisations.models.applications import (
    ApplicationCall,
    ApplicationCheck,
    ApplicationStep,
    MembershipApplication,
)
from simpul.organisations.models.board import BoardEntry, BoardReply
from simpul.organisations.models.decisions import MembershipDecision
from simpul.organisations.models.directory import DirectoryFacet, DirectoryTerm
from simpul.organisations.models.items import ProfileItem
from simpul.organisations.models.memberships import DeclaredReach, Membership
from simpul.organisations.models.names import OrganisationName
from simpul.organisations.models.node import Node
from simpul.organisations.models.organisations import Organisation
from simpul.organisations.models.places import WorkingArea
from simpul.organisations.models.programmes import Programme, ProgrammeArea, ProgrammeRole
from simpul.organisations.models.readiness import ReadinessRecord
from simpul.organisations.models.service_points import ServedArea, ServicePoint, ServicePointVerification
from simpul.organisations.models.service_records import ServedMember, ServiceRecord
from simpul.organisations.models.standing import Confirmation, Declaration
from simpul.organisations.models.units import UnitPlacement
from simpul.organisations.models.village_groups import BoardTerm, Decree, Division

__all__ = [
    "Accompaniment",
    "Announcement",
    "AnnouncementReading",
    "AnnouncementRecipient",
    "AnnouncementVersion",
    "ApplicationCall",
    "ApplicationCheck",
    "ApplicationStep",
    "BoardEntry",
    "BoardReply",
    "BoardTerm",
    "Confirmation",
    "Declaration",
    "DeclaredReach",
    "Decree",
    "DirectoryFacet",
    "DirectoryTerm",
    "Division",
    "Membership",
    "MembershipApplication",
    "MembershipDecision",
    "Node",
    "Organisation",
    "OrganisationName",
    "ProfileItem",
    "Programme",
    "ProgrammeArea",
    "ProgrammeRole",
    "ReadinessRecord",
    "ServedArea",
    "ServedMember",
    "ServicePoint",
    "ServicePointVerification",
    "ServiceRecord",
    "UnitPlacement",
    "WorkingArea",
]
