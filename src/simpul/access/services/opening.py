"""The first run: an empty Simpul becomes somebody's, with its first organisation, person and roles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.access.queries import may_open
from simpul.access.services.grants import grant_role
from simpul.accounts.models import User
from simpul.accounts.services.enrolments import open_enrolment
from simpul.accounts.services.users import create_user
from simpul.audit import services as audit
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied
from simpul.organisations.logos import Logo
from simpul.organisations.models import Node, Organisation
from simpul.organisations.presets import KINDS, Preset
from simpul.organisations.services.node import CONFIGURE, open_node
from simpul.organisations.services.registration import register_organisation
from simpul.people.codes import RoleTitle
from simpul.people.models import Person
from simpul.people.services.persons import link_user, register_person
from simpul.records.locks import lock_graph
from simpul.territory.models import Area

# What the first coordinator may do besides coordinating, by what the node is for.
BESIDES: Final = {Preset.NETWORK: "secretariat", Preset.FORUM: "facilitator"}


@dataclass(frozen=True, slots=True)
class Opening:
    """The six answers. Without a password the coordinator gets a one-time link to make this phone theirs."""

    preset: str
    name: str
    area_code: str
    coordinator: str
    acronym: str = ""
    email: str = ""
    phone: str = ""
    password: str = ""
    complaints_person: str = ""  # empty: the coordinator
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """`token` is the one-time link's, where there is no password."""

    node: Node
    user: User
    token: str = ""


def open_simpul(actor: Actor, opening: Opening, *, now: datetime) -> Opened:
    """Make this deployment somebody's, all of it or nothing; Denied("node.configure") once it is.

    Whoever comes first becomes coordinator and operator: somebody must be able to appoint the others. Invalid and
    Conflict as the services that write each part.
    """
    system = System("first_run")
    with transaction.atomic():
        lock_graph("organisations.node")
        if not may_open():
            raise Denied(CONFIGURE)
        host = _host(system, opening, now)
        person = register_person(system, organisation=host, role=RoleTitle.CHAIR, name=opening.coordinator, now=now)
        user, token = _account(system, opening, now)
        link_user(system, person, user, now=now)
        _roles(system, person, host, opening.preset, now)
        receiver = _receiver(system, person, host, opening, now)
        node = open_node(
            system, host=host, preset=opening.preset, now=now, logo=opening.logo, complaints_to=receiver.ref
        )
        audit.record(actor, "access.open_simpul", node.ref, details={"preset": opening.preset})
    return Opened(node, user, token)


def _host(system: System, opening: Opening, now: datetime) -> Organisation:
    return register_organisation(
        system,
        kind=KINDS[opening.preset],
        name=opening.name,
        acronym=opening.acronym,
        seat=Area.objects.filter(pk=opening.area_code).first(),
        now=now,
    )


def _account(system: System, opening: Opening, now: datetime) -> tuple[User, str]:
    if opening.password:
        user = create_user(system, now=now, email=opening.email, phone=opening.phone, password=opening.password)
        return user, ""
    enrolment, token = open_enrolment(system, now=now)
    return enrolment.user, token


def _roles(system: System, person: Person, host: Organisation, preset: str, now: datetime) -> None:
    reason = _("Opened this Simpul")
    grant_role(system, person, role="operator", organisation=None, reason=reason, now=now)
    roles = ["coordinator", BESIDES[Preset(preset)]] if preset in BESIDES else ["coordinator"]
    for role in roles:
        grant_role(system, person, role=role, organisation=host, reason=reason, now=now)


def _receiver(system: System, person: Person, host: Organisation, opening: Opening, now: datetime) -> Person:
    if not opening.complaints_person:
        return person
    other = register_person(system, organisation=host, role=RoleTitle.CONTACT, name=opening.complaints_person, now=now)
    reason = _("Receives complaints, named at the first run")
    grant_role(system, other, role="coordinator", organisation=host, reason=reason, now=now)
    return other
