"""The roles: pure data. What each is for, what it permits and how far, and who may appoint whom.

A role is always held somewhere: at one organisation, or at the whole node where `Place.NODE` allows it. A reach is seen
from that organisation; at the node every permission of the role reaches every organisation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.access.permissions import PERMISSIONS
from simpul.kernel.actor import Reach

OWN, UNITS, MEMBERS, ACCOMPANIED, NODE = Reach.OWN, Reach.UNITS, Reach.MEMBERS, Reach.ACCOMPANIED, Reach.NODE


class Place(StrEnum):
    """Where a role may be held."""

    ORGANISATION = "organisation"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class Role:
    """`appoints` is role -> how far from the holder's organisation that appointment may be made.

    `first` are roles the holder may appoint although they hold less themselves, and only where nobody holds that role
    at that organisation now: how an organisation gets its first people.
    """

    label: Promise
    purpose: Promise
    permissions: Mapping[str, Reach]
    second_factor: bool = False
    places: frozenset[Place] = frozenset({Place.ORGANISATION})
    appoints: Mapping[str, Reach] = field(default_factory=dict)
    first: frozenset[str] = frozenset()


_COORDINATION: Final = (
    "organisation.edit",
    "organisation.see_protected",
    "organisation.set_safety",
    "unit.manage",
    "membership.manage",
    "service_point.manage",
    "service_point.verify",
    "person.read",
    "person.manage",
    "grant.read",
    "grant.manage",
    "account.enrol",
    "account.recover",
    "account.see_devices",
    "token.manage",
    "thread.link",
    "results.open_records",
    "deadline.configure",
    "event.manage",
    "attendance.record",
    "response.report",
)

# Of cases, for those alone who assist people. Who appoints them sees none: what they give here they don't hold.
_CASES: Final = (
    "case.record",
    "case.coordinate",
    "case.override_consent",
    "case.approve_closure",
    "case.export",
    "case.export_unmasked",
    "case.satisfy_rights",
    "breach.record",
)

# What is published of cases is decided where the node is at home, and by two.
_RELEASING: Final = ("release.read", "release.propose", "release.approve")

# Of the groups one accompanies: figures, and a case only once it was brought to them.
_SUPERVISION: Final = ("case.supervise", "case.approve_closure", "case.satisfy_rights", "breach.record")

ROLES: Final[dict[str, Role]] = {
    "companion": Role(
        label=_("Companion volunteer"),
        purpose=_("Accompanies residents of the village to the services they need."),
        permissions={
            "organisation.see_protected": OWN,
            "service_point.verify": OWN,
            "thread.link": OWN,
            "case.record": OWN,
            "attendance.record": OWN,
            "response.report": OWN,
        },
    ),
    "coordinator": Role(
        label=_("Coordinator"),
        purpose=_("Leads the volunteers of one organisation and answers for what it records."),
        permissions=dict.fromkeys((*_COORDINATION, *_CASES, "release.read"), OWN),
        second_factor=True,
        appoints={"companion": OWN, "service_officer": OWN, "editor": OWN},
    ),
    "supervisor": Role(
        label=_("Supervisor"),
        purpose=_("Accompanies village groups for a support organisation, and appoints their coordinators."),
        permissions=dict.fromkeys(
            (*_COORDINATION, "account.confirm_recovery", *_SUPERVISION, "release.read"), ACCOMPANIED
        ),
        second_factor=True,
        appoints={"coordinator": ACCOMPANIED, "companion": ACCOMPANIED},
    ),
    "service_officer": Role(
        label=_("Service officer"),
        purpose=_("Receives referrals at a service such as the UPTD PPA and says what came of them."),
        permissions={
            "organisation.see_protected": OWN,
            "service_point.manage": OWN,
            "service_point.verify": OWN,
            "thread.link": OWN,
            "case.answer": OWN,
        },
        second_factor=True,
    ),
    "facilitator": Role(
        label=_("Facilitator"),
        purpose=_("Runs a forum: its members, its meetings and what they agree."),
        permissions={
            "organisation.edit": OWN,
            "organisation.see_protected": OWN,
            "membership.manage": OWN,
            "service_point.verify": OWN,
            "thread.link": OWN,
            "results.open_records": OWN,
            "event.manage": OWN,
            "attendance.record": OWN,
            "release.read": OWN,
            "response.report": OWN,
        },
        second_factor=True,
    ),
    "monitoring_officer": Role(
        label=_("Monitoring officer"),
        purpose=_("Checks figures against the records behind them and reports results."),
        permissions={
            "organisation.see_protected": OWN,
            "thread.link": OWN,
            "results.open_records": MEMBERS,
            **dict.fromkeys(_RELEASING, OWN),
            "response.report": OWN,
        },
        second_factor=True,
    ),
    "editor": Role(
        label=_("Editor"),
        purpose=_("Writes and keeps the organisation's public pages."),
        permissions={
            "organisation.edit": OWN,
            "organisation.see_protected": OWN,
            "thread.link": OWN,
            "event.manage": OWN,
            "response.report": OWN,
        },
    ),
    "secretariat": Role(
        label=_("Secretariat"),
        purpose=_("Serves a network: its directory, memberships, programmes and services to members."),
        permissions={
            "organisation.register": MEMBERS,
            "organisation.edit": MEMBERS,
            "organisation.see_protected": MEMBERS,
            "organisation.set_safety": MEMBERS,
            # Not of members: who arranges their units or ties could bring their people within reach of `person.read`.
            "unit.manage": UNITS,
            "membership.manage": UNITS,
            "programme.manage": UNITS,
            "service_point.manage": MEMBERS,
            "service_point.verify": MEMBERS,
            "person.read": UNITS,
            "person.manage": UNITS,
            "grant.read": UNITS,
            "grant.manage": UNITS,
            "account.enrol": UNITS,
            "account.recover": UNITS,
            "account.confirm_recovery": UNITS,
            "account.see_devices": UNITS,
            "token.manage": UNITS,
            "thread.link": UNITS,
            "results.open_records": MEMBERS,
            "deadline.configure": UNITS,
            "event.manage": UNITS,
            "attendance.record": UNITS,
            **dict.fromkeys(_RELEASING, UNITS),
            "response.lead": UNITS,
            "response.report": UNITS,
        },
        second_factor=True,
        appoints={"secretariat": UNITS, "facilitator": UNITS, "monitoring_officer": UNITS, "editor": UNITS},
    ),
    "official": Role(
        label=_("Government official"),
        purpose=_("Follows what is brought to an agency and answers for it."),
        permissions={
            **dict.fromkeys(("service_point.manage", "service_point.verify"), OWN),
            **dict.fromkeys(("results.open_records", "release.read", "response.report"), OWN),
        },
    ),
    "auditor": Role(
        label=_("Auditor"),
        purpose=_("Reads the record of acts and who may do what; changes nothing."),
        permissions={"audit.read": UNITS, "grant.read": UNITS},
        second_factor=True,
        places=frozenset({Place.ORGANISATION, Place.NODE}),
    ),
    "operator": Role(
        label=_("Operator"),
        purpose=_("Keeps the platform running and appoints an organisation's first people; sees no case."),
        permissions={
            "organisation.register": NODE,
            "territory.manage": NODE,
            "node.configure": NODE,
            "grant.read": NODE,
            "grant.manage": NODE,
            "account.enrol": NODE,
            # Never "account.recover": an operator can't let anybody in alone.
            "account.confirm_recovery": NODE,
            "breach.record": NODE,
        },
        second_factor=True,
        places=frozenset({Place.NODE}),
        appoints={"operator": NODE},
        first=frozenset({"coordinator", "supervisor", "secretariat", "facilitator", "official", "auditor"}),
    ),
}

# What most people are given, in the order of how many there are: offered before the whole table.
PRESETS: Final = ("companion", "coordinator", "secretariat")


def reach_at(role: str, permission: str, *, node: bool) -> Reach | None:
    """How far a role's permission reaches from where the role is held; None where it has none."""
    reach = ROLES[role].permissions.get(permission)
    return NODE if reach and node else reach


def resolved(role: str, *, node: bool) -> Mapping[str, Reach]:
    """The permissions of a role as they reach from one organisation, or from the whole node."""
    held = ROLES[role].permissions
    return dict.fromkeys(held, NODE) if node else held


def roles_with(permission: str) -> tuple[str, ...]:
    """The roles that hold a permission. KeyError for a name nobody declared."""
    PERMISSIONS[permission]
    return tuple(code for code, role in ROLES.items() if permission in role.permissions)
