"""Writing the plan through the services: a step a regency, a network, a batch of organisations."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial

from simpul.demo.acceptance.forums import come_along
from simpul.demo.acceptance.meetings import meet
from simpul.demo.acceptance.plan import (
    DECLARED_REACH,
    ENDED,
    STARTED,
    LeadPartner,
    Plan,
    PlannedForum,
    PlannedNetwork,
    PlannedOrganisation,
    make_plan,
)
from simpul.demo.acceptance.workshop import REGENCY, hold_workshop
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO, Step
from simpul.kernel.localized import LocalizedText
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.models import Programme
from simpul.organisations.queries.node import this_node
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.declared_reach import declare_reach
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.node import Headlines, change_node
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.services.programme_roles import assign_role
from simpul.organisations.services.programmes import start_programme
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.services.standing import confirm_active
from simpul.organisations.visibility import SafetyReason
from simpul.territory.queries.areas import area

BATCH = 25
NETWORK_OF_NETWORKS = "jejaring-nasional"
MANAGER = "pengelola-program"
FORMED = date(2020, 3, 2)
DECLARED = date(2021, 6, 1)


def at(day: date) -> datetime:
    """Mid-morning in Jakarta: when such things are written down."""
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def steps() -> list[Step]:
    """In the order in which they must be done."""
    plan = make_plan()
    batches = [plan.provincial[n : n + BATCH] for n in range(0, len(plan.provincial), BATCH)]
    return [
        Step("acceptance/programme", _programme),
        *(Step(f"acceptance/regency/{forum.regency}", partial(_regency, plan, forum)) for forum in plan.forums),
        *(Step(f"acceptance/guests/{forum.regency}", partial(_guests, plan, forum)) for forum in plan.forums),
        *(Step(f"acceptance/provincial/{n:02}", partial(_organisations, batch)) for n, batch in enumerate(batches)),
        Step("acceptance/networks", partial(_networks, plan)),
        *(Step(f"acceptance/{network.key}", partial(_members, network)) for network in plan.networks),
        *(Step(f"acceptance/meetings/{forum.regency}", partial(meet, forum)) for forum in plan.forums),
        *(Step(f"acceptance/ways/{forum.regency}", partial(come_along, forum)) for forum in plan.forums),
        *(
            Step("acceptance/workshop", partial(hold_workshop, forum))
            for forum in plan.forums
            if forum.regency == REGENCY
        ),
        Step("acceptance/headlines", _headlines),
    ]


def _register(key: str, kind: str, name: str, *, seat: str, founded: int, entered: date = STARTED) -> None:
    start = PartialDate(date(founded, 1, 1), Precision.YEAR)
    register_organisation(
        DEMO,
        kind=kind,
        name=name,
        seat=area(seat),
        founded=start,
        named_since=start,
        now=at(entered),
        id=key_of(f"organisation/{key}"),
    )


def _programme() -> None:
    _register(MANAGER, "OT.P", "Perkumpulan Pengelola Program Contoh", seat="31", founded=2005)
    owner = organisation(MANAGER)
    programme = start_programme(
        DEMO,
        owner,
        name=LocalizedText(id="Program MADANI (contoh)", en="MADANI Programme (example)"),
        acronym="MADANI-CONTOH",
        valid_from=STARTED,
        valid_until=ENDED,
        now=at(STARTED),
        programme_id=key_of("programme/acceptance"),
    )
    assign_role(
        DEMO, programme, organisation=owner, role="manager", valid_from=STARTED, valid_until=ENDED, now=at(STARTED)
    )


def _acceptance() -> Programme:
    return Programme.objects.get(pk=key_of("programme/acceptance"))


def _organisations(planned: Iterable[PlannedOrganisation]) -> None:
    for one in planned:
        _register(one.key, one.kind, one.name, seat=one.seat, founded=one.founded)
        made = organisation(one.key)
        change_profile(DEMO, made, changes={"sectors": list(one.sectors)}, seen_version=made.version, now=at(STARTED))
        if one.confirmed:
            confirm_active(DEMO, made, confirmed_on=one.confirmed, now=at(one.confirmed))
        if one.in_safety_mode:
            set_safety_mode(DEMO, made, on=True, reason_code=SafetyReason.THREAT, now=at(date(2023, 5, 2)))


def _regency(plan: Plan, forum: PlannedForum) -> None:
    """The regency's organisations, its coverage, its forum with its own members, and its lead partners."""
    own = [one for one in plan.local if one.seat == forum.regency]
    _organisations(own)
    place = area(forum.regency)
    programme = _acceptance()
    cover_area(DEMO, programme, area=place, valid_from=STARTED, valid_until=ENDED, now=at(STARTED))
    name = f"Forum Pembelajaran {place.title} (contoh)"
    _register(forum.key, "OT.F", name, seat=forum.regency, founded=forum.formed.year, entered=forum.formed)
    _admit(forum, [one.key for one in own])
    assign_role(
        DEMO, programme, organisation=organisation(forum.key), role="learning_forum", area=place,
        valid_from=forum.formed, valid_until=ENDED, now=at(forum.formed),
    )  # fmt: skip
    for lead in plan.leads:
        if lead.regency == forum.regency:
            _lead(programme, lead)


def _lead(programme: Programme, lead: LeadPartner) -> None:
    assign_role(
        DEMO, programme, organisation=organisation(lead.organisation), role="lead_partner", area=area(lead.regency),
        valid_from=lead.start, valid_until=lead.until or ENDED, now=at(lead.start),
    )  # fmt: skip


def _guests(plan: Plan, forum: PlannedForum) -> None:
    """Members seated in another regency: registered with that one."""
    own = {one.key for one in plan.local if one.seat == forum.regency}
    _admit(forum, [key for key in forum.members if key not in own])


def _admit(forum: PlannedForum, keys: Iterable[str]) -> None:
    network, joined = organisation(forum.key), forum.formed + timedelta(days=14)
    for key in keys:
        coordinates = key == forum.members[0]
        admit_member(
            DEMO, network, member=organisation(key), role="coordinator" if coordinates else "member",
            valid_from=joined, has_readiness_statement=True, now=at(joined),
        )  # fmt: skip


def _networks(plan: Plan) -> None:
    name = "Jejaring Antar-Jaringan Nasional (contoh)"
    _register(NETWORK_OF_NETWORKS, "OT.NN", name, seat="31", founded=2020, entered=FORMED)
    top = organisation(NETWORK_OF_NETWORKS)
    for network in plan.networks:
        _register(network.key, "OT.N", network.name, seat="31", founded=2010)
        admit_member(DEMO, top, member=organisation(network.key), valid_from=FORMED, now=at(FORMED))
    note = "Menurut sekretariat jejaring."
    declare_reach(DEMO, top, count=DECLARED_REACH, declared_on=DECLARED, note=note, now=at(DECLARED))


def _members(planned: PlannedNetwork) -> None:
    network = organisation(planned.key)
    for key in planned.members:
        admit_member(DEMO, network, member=organisation(key), valid_from=FORMED, now=at(FORMED))


def _headlines() -> None:
    node = this_node()
    if node is None:
        return
    change_node(
        DEMO,
        node,
        version=node.version,
        pillars=node.pillars,
        complaints_to=RecordRef.parse(node.complaints_to) if node.complaints_to else None,
        headlines=Headlines(
            programme=_acceptance(), network=organisation(NETWORK_OF_NETWORKS), organisation=organisation("jms-lombok")
        ),
    )
