"""Writing the story through the services."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from simpul.access.models import Grant
from simpul.access.queries import actor_for
from simpul.access.services.grants import grant_role
from simpul.access.telling import GIVEN
from simpul.accounts.services.users import create_user
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO, Step
from simpul.demo.story.casework import load as casework
from simpul.demo.story.coming import load_coming
from simpul.demo.story.emergencies import load_emergency
from simpul.demo.story.events import load_forum_events, load_network_events, load_village_events
from simpul.demo.story.flood import load_flood
from simpul.demo.story.forum import load_forum_way
from simpul.demo.story.imports import load_imports
from simpul.demo.story.library import load_library
from simpul.demo.story.no_signal import load_no_signal
from simpul.demo.story.organisations import (
    AIK_BENING,
    FIRST,
    FORUM_MEMBERS,
    LENTERA_JATI,
    NETWORKS,
    UPTD,
    StoryOrganisation,
)
from simpul.demo.story.outcomes import load_outcomes
from simpul.demo.story.papers import add_papers
from simpul.demo.story.people import BOARD, CAST, Player
from simpul.demo.story.secretariat import load_secretariat
from simpul.demo.story.service_points import POINTS, StoryPoint
from simpul.demo.story.voices import load_voices
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate
from simpul.notices.services.opening import open_notice
from simpul.notices.services.sending import send_notice
from simpul.organisations.presets import Preset
from simpul.organisations.services.accompaniments import accompany_group
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.node import Headlines, change_node, open_node
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.services.registration import register_organisation
from simpul.organisations.services.service_points import add_service_point, verify_service_point
from simpul.organisations.services.standing import confirm_active, declare
from simpul.organisations.services.village_groups import NewBoard, NewDecree, form_village_group
from simpul.people.models import Person
from simpul.people.services.affiliations import affiliate_person
from simpul.people.services.consents import record_contact_consent
from simpul.people.services.persons import link_user, register_person
from simpul.territory.queries.areas import area
from simpul.territory.services.demo import load_demo_district

FORMED = date(2025, 1, 11)
CHECKED = date(2026, 10, 5)
DIVISIONS = (
    LocalizedText(id="Hubungan Masyarakat", en="Public relations"),
    LocalizedText(id="Ekonomi", en="Economy"),
    LocalizedText(id="Pendataan", en="Data collection"),
    LocalizedText(id="Pengaduan dan Pendampingan", en="Complaints and accompaniment"),
)


def at(day: date) -> datetime:
    """Ten in the morning in Lombok."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def steps() -> list[Step]:
    return [
        Step("story/district", partial(load_demo_district, DEMO, now=at(FORMED))),
        Step("story/first", partial(_organisations, FIRST)),
        Step("story/forum", partial(_organisations, (*FORUM_MEMBERS, UPTD))),
        Step("story/networks", partial(_organisations, NETWORKS)),
        Step("story/lentera", _lentera),
        Step("story/papers", _papers),
        Step("story/aik-bening", _aik_bening),
        Step("story/cast", _cast),
        Step("story/board", _board),
        Step("story/service-points", _service_points),
        Step("story/node", _node),
        Step("story/secretariat", load_secretariat),
        Step("story/flood", load_flood),
        Step("story/imports", load_imports),
        Step("story/notices", _notices),
        Step("story/emergency", load_emergency),
        Step("story/village-events", load_village_events),
        Step("story/forum-events", load_forum_events),
        Step("story/network-events", load_network_events),
        Step("story/coming", load_coming),
        Step("story/no-signal", load_no_signal),
        Step("story/outcomes", load_outcomes),
        Step("story/forum-way", load_forum_way),
        Step("story/voices", load_voices),
        Step("story/library", load_library),
        *casework.steps(),
    ]


def _organisations(planned: tuple[StoryOrganisation, ...]) -> None:
    for one in planned:
        now = at(one.since)
        made = register_organisation(
            DEMO, kind=one.kind, name=one.name, acronym=one.acronym, seat=area(one.seat),
            named_since=PartialDate(one.since), now=now, id=key_of(f"organisation/{one.key}"),
        )  # fmt: skip
        if one.sectors:
            change_profile(DEMO, made, changes={"sectors": list(one.sectors)}, seen_version=made.version, now=now)
        for network in one.joins:
            admit_member(
                DEMO, organisation(network), member=made, valid_from=one.since,
                has_readiness_statement=network == "forum", now=now,
            )  # fmt: skip
        if one.confirmed:
            confirm_active(DEMO, made, confirmed_on=one.confirmed, now=at(one.confirmed))


def _lentera() -> None:
    group = form_village_group(
        DEMO,
        name="Kelompok Konstituen Lentera",
        village=area(LENTERA_JATI),
        founded=PartialDate(FORMED),
        now=at(FORMED),
        decree=NewDecree("188.45/03/DLJ/2025", FORMED, "Kepala Desa Lentera Jati"),
        divisions=DIVISIONS,
        board=NewBoard(since=FORMED, until=date(2028, 1, 11), women=13, men=11),
        id=key_of("organisation/lentera"),
    )
    group.refresh_from_db()
    about = LocalizedText(
        id="Dibentuk 30 warga Lentera Jati untuk mendampingi siapa pun yang sulit menjangkau layanan: surat-surat, "
        "jaminan kesehatan, bantuan sosial, kekerasan, perkawinan anak.",
        en="Formed by 30 residents of Lentera Jati to accompany whoever can't reach a service: papers, health "
        "insurance, social aid, violence, child marriage.",
    )
    changes: dict[str, object] = {
        "description": about,
        "sectors": ["PPA", "SOS", "ADM"],
        "methods": ["service", "advocacy"],
    }
    changes |= {"accepts_referrals": "yes", "volunteers": 30}
    change_profile(DEMO, group, changes=changes, seen_version=group.version, now=at(FORMED))
    for kind in ("neutral", "child", "psea"):
        declare(DEMO, group, kind=kind, declared_on=FORMED, now=at(FORMED))
    admit_member(DEMO, organisation("forum"), member=group, valid_from=date(2025, 2, 7), now=at(date(2025, 2, 7)))
    accompany_group(DEMO, group, supporter=organisation("support"), valid_from=FORMED, now=at(FORMED))
    confirm_active(DEMO, group, confirmed_on=CHECKED, now=at(CHECKED))


def _papers() -> None:
    add_papers(organisation("lentera"))


def _aik_bening() -> None:
    since = date(2025, 2, 1)
    group = form_village_group(
        DEMO, name="Kelompok Konstituen Aik Bening", village=area(AIK_BENING), founded=PartialDate(since),
        now=at(since), divisions=DIVISIONS[2:], id=key_of("organisation/aik-bening"),
    )  # fmt: skip
    accompany_group(DEMO, group, supporter=organisation("support"), valid_from=since, now=at(since))


def _cast() -> None:
    for player in CAST:
        _play(player)


def _play(player: Player) -> None:
    home, now = organisation(player.at), at(date(2025, 2, 7))
    user = create_user(DEMO, now=now, is_demo=True, id=key_of(f"user/{player.key}"))
    person = register_person(
        DEMO, organisation=home, role=player.title, name=player.name, sex=player.sex, now=now,
        id=key_of(f"person/{player.key}"),
    )  # fmt: skip
    link_user(DEMO, person, user, now=now)
    at_node = player.role == "operator"
    grant_role(
        DEMO, person, role=player.role, organisation=None if at_node else home, reason="Pemeran data contoh", now=now
    )
    record_contact_consent(DEMO, person, purpose="directory", given_on=now.date(), channel="in_person", now=now)


def _board() -> None:
    """Budi is the chair; the others by their divisions. Only heads of divisions agreed to stand in the directory."""
    group, now = organisation("lentera"), at(FORMED)
    budi = Person.objects.get(pk=key_of("person/budi"))
    affiliate_person(DEMO, budi, organisation=group, role="division_head", on_board=True, valid_from=FORMED, now=now)
    for name, sex, division, leads in BOARD:
        role = "division_head" if leads else "member"
        person = register_person(DEMO, organisation=group, role="volunteer", name=name, sex=sex, now=now)
        affiliate_person(
            DEMO, person, organisation=group, role=role, division=division, on_board=True,
            valid_from=FORMED, now=now,
        )  # fmt: skip
        if leads:
            record_contact_consent(DEMO, person, purpose="directory", given_on=FORMED, channel="in_person", now=now)


def _service_points() -> None:
    for point in POINTS:
        _point(point)


def _point(point: StoryPoint) -> None:
    entered = at(date(2025, 3, 3))
    made = add_service_point(
        DEMO, organisation(point.owner), kind=point.kind, name=point.name, areas=[area(code) for code in point.areas],
        details={"needs": list(point.needs), **point.details}, now=entered, id=key_of(f"service-point/{point.key}"),
        organisation=organisation(point.owner) if point.key == point.owner else None,
    )  # fmt: skip
    if point.verified:
        verify_service_point(DEMO, made, method=point.verified, verified_on=CHECKED, now=at(CHECKED))


def _node() -> None:
    """The provincial network's Simpul. Other headlines come with the larger data."""
    dewi = Person.objects.get(pk=key_of("person/dewi"))
    node = open_node(
        DEMO, host=organisation("network"), preset=Preset.NETWORK, complaints_to=dewi.ref, now=at(date(2025, 2, 7))
    )
    change_node(
        DEMO, node, version=node.version, pillars=node.pillars, complaints_to=dewi.ref,
        headlines=Headlines(organisation=organisation("jms-lombok")),
    )  # fmt: skip


def _notices() -> None:
    """What Budi gave, as those who got it were told: one opened it, one did not yet."""
    now = at(CHECKED)
    budi = actor_for(key_of("user/budi"), now=now, second_factor=True)
    for key, opened in (("ani", False), ("kartika", True)):
        grant = Grant.objects.get(person=key_of(f"person/{key}"), superseded_at=None)
        told = send_notice(
            budi, kind=GIVEN.key, about=grant.ref, recipients=[key_of(f"user/{key}")],
            params={"day": grant.valid_from or CHECKED}, now=now, id=key_of(f"notice/{key}"),
        )  # fmt: skip
        if opened:
            theirs = actor_for(key_of(f"user/{key}"), now=now, second_factor=True)
            open_notice(theirs, told.recipients.get(), now=now + timedelta(hours=2))
