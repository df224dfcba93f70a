"""Each forum of the programme meets: with its regency's agency beside the organisations, twice as the demo shows it."""

from datetime import UTC, date, datetime, timedelta

from simpul.activities.details import Details
from simpul.activities.kinds import EventKind, Mode, Question, Visibility
from simpul.activities.queries.events import sessions_of
from simpul.activities.services.attendance import walk_in
from simpul.activities.services.events import create_event
from simpul.activities.services.life import hold_event, publish_event
from simpul.demo.acceptance.plan import PlannedForum
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.kernel.localized import LocalizedText
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.registration import register_organisation
from simpul.territory.queries.areas import area

AFTER_FORMING, BETWEEN = timedelta(days=120), timedelta(days=365)
GUESTS = 4
TITLES = (
    LocalizedText(id="Menyepakati isu bersama", en="Agreeing on common issues"),
    LocalizedText(id="Menyusun rekomendasi untuk pemerintah daerah", en="Drafting recommendations for the regency"),
)


def meet(forum: PlannedForum) -> None:
    """The agency joins, then the forum meets in its first and in its second year."""
    _agency(forum)
    for number, title in enumerate(TITLES):
        _meeting(forum, number, title, forum.formed + AFTER_FORMING + number * BETWEEN)


def _agency(forum: PlannedForum) -> None:
    place, since = area(forum.regency), forum.formed + timedelta(days=30)
    agency = register_organisation(
        DEMO, kind="OT.OPD", name=f"Bappeda {place.title} (contoh)", seat=place, now=_at(since),
        id=key_of(f"organisation/agency/{forum.regency}"),
    )  # fmt: skip
    admit_member(DEMO, organisation(forum.key), member=agency, valid_from=since, now=_at(since))


def _meeting(forum: PlannedForum, number: int, title: LocalizedText, day: date) -> None:
    begin = _at(day)
    event = create_event(
        DEMO,
        organisation(forum.key),
        kind=EventKind.LEARNING_FORUM,
        title=title,
        starts_at=begin,
        ends_at=begin + timedelta(hours=3),
        mode=Mode.PLACE,
        visibility=Visibility.PUBLIC,
        area=area(forum.regency),
        asks=[Question.ORGANISATION, Question.STAKEHOLDER, Question.SEX],
        id=key_of(f"event/{forum.key}/{number}"),
        now=begin - timedelta(days=10),
    )
    publish_event(DEMO, event, now=begin - timedelta(days=10))
    session = sessions_of(event)[0]
    first = number * GUESTS
    there = [f"agency/{forum.regency}", *forum.members[first : first + GUESTS]]
    for guest, key in enumerate(there):
        sex = "PL"[(guest + number) % 2]
        walk_in(
            DEMO, session, details=Details(f"Utusan {guest + 1}", sex=sex, organisation=organisation(key)), now=begin
        )
    hold_event(DEMO, event, now=event.ends_at)


def _at(day: date) -> datetime:
    """Ten in the morning in Jakarta."""
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
