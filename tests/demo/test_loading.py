"""The demo is what it says: exact counts from records, the same everywhere, done once, gone without a trace."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from simpul.access.models import Deputy, EmergencyOpening
from simpul.access.queries import actor_for
from simpul.accounts.models import User
from simpul.activities.facts.events import regularity_of, tally_of
from simpul.activities.facts.forums import engaged_organisations, forums_at_work
from simpul.activities.models import Event
from simpul.activities.queries.events import events_for
from simpul.activities.queries.seats import seats_of
from simpul.audit.models import Act
from simpul.cases.models import CountedVictim
from simpul.cases.outcomes import outcomes_for
from simpul.demo.acceptance.plan import REGENCIES, make_plan
from simpul.demo.figures.load import publish
from simpul.demo.figures.plan import MONTHS, PLACES, people_of, regencies
from simpul.demo.keys import key_of
from simpul.demo.queries import months_published, progress
from simpul.demo.services import load_acceptance, load_figures, load_storyline
from simpul.demo.story.people import CAST
from simpul.kernel.actor import Actor, Anonymous, System
from simpul.kernel.errors import Denied
from simpul.kernel.time import Period
from simpul.notices.models import Recipient
from simpul.organisations.kinds import CIVIL_SOCIETY
from simpul.organisations.models import Membership, Organisation, ProgrammeRole, ServicePoint
from simpul.people.models import Affiliation
from simpul.releases.facts import published_cells
from simpul.releases.verifying import verify_books
from simpul.results.queries import evaluate, evaluate_all
from simpul.results.questions import Question
from simpul.territory.models import Area
from tests.demo.places import NEEDED
from tests.factories.territory import areas, listing
from tests.marks import audits, denies
from tests.racing import copied_database

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
DEMO = System("demo")


@pytest.fixture(scope="module")
def whole(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """All of the demo, loaded once for this module into a database of its own: as large, and as committed, as ever."""
    with django_db_blocker.unblock(), copied_database(tmp_path_factory.mktemp("demo")):
        areas(*NEEDED)
        load_storyline(DEMO, now=NOW)
        load_acceptance(DEMO, now=NOW)
        yield


@pytest.fixture
def loaded(whole: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("loaded")
def test_figures_recounted_from_records_are_those_of_the_source_documents() -> None:
    glances = evaluate_all(Question(as_of=date(2024, 9, 30), actor=DEMO))
    found = {e.indicator.code: evaluate(e.indicator, e.question) for e in glances}
    assert found["F1"].value == 32
    assert found["F2"].value == 6
    assert [figure.value for figure in found["F17"].figures] == [20, 498]
    public = evaluate(found["F17"].indicator, Question(as_of=date(2024, 9, 30), actor=Anonymous()))
    assert [figure.value for figure in public.figures] == [20, 494]  # four are hidden for their safety
    assert found["F17"].stated is not None
    assert found["F17"].stated.value == 500
    assert found["F20"].value == 2
    assert [figure.value for figure in found["F21"].figures] == [4, 4, 7, 4]


@pytest.mark.usefixtures("loaded")
def test_forums_hold_396_distinct_organisations_and_44_of_them_twice() -> None:
    forums = ProgrammeRole.objects.filter(role="learning_forum").values("organisation")
    assert forums.count() == 32
    rows = Membership.objects.filter(network__in=forums, superseded_at=None, member__kind__in=CIVIL_SOCIETY)
    assert Counter(Counter(rows.values_list("member", flat=True)).values()) == {1: 352, 2: 44}


@pytest.mark.usefixtures("loaded")
def test_all_32_forums_met_with_several_parties_and_engaged_396_organisations() -> None:
    asked = {"period": Period(date(2019, 10, 1), date(2024, 10, 1)), "day": date(2024, 9, 30)}
    programme = key_of("programme/acceptance")
    assert forums_at_work(programme, **asked).count() == 32
    assert engaged_organisations(programme, **asked).count() == 396


@pytest.mark.usefixtures("loaded")
def test_the_network_held_eight_webinars_in_eight_of_nine_weeks() -> None:
    found = regularity_of(key_of("series/semidaring"), start=date(2026, 9, 14), until=date(2026, 11, 16))
    assert (found.held, found.due, found.missed) == (8, 9, (date(2026, 10, 26),))
    last = Event.objects.filter(series=key_of("series/semidaring")).order_by("number").last()
    assert last is not None
    assert last.number == 8


@pytest.mark.usefixtures("loaded")
def test_of_the_closed_meeting_heads_are_known_and_nobody_else_learns_of_it() -> None:
    closed = Event.objects.get(pk=key_of("event/terbatas"))
    assert (tally_of(closed.pk).people, closed.participants.count()) == (6, 0)
    sees = {p.key for p in CAST if events_for(_actor(p.key)).filter(pk=closed.pk).exists()}
    assert sees == {"ani", "budi", "kartika"}


@pytest.mark.usefixtures("loaded")
def test_the_next_meeting_of_the_forum_is_full_and_two_wait() -> None:
    coming = Event.objects.get(pk=key_of("event/rapat-forum-10"))
    seats = seats_of(coming, now=datetime(2026, 11, 22, tzinfo=UTC))
    assert (seats.taken, seats.waiting, seats.capacity) == (6, 2, 6)


def _actor(key: str) -> Actor:
    return actor_for(key_of(f"user/{key}"), now=NOW, second_factor=True)


@pytest.mark.usefixtures("loaded")
def test_lead_partner_changed_once_and_there_is_one_a_regency_on_any_day() -> None:
    leads = ProgrammeRole.objects.filter(role="lead_partner", programme=key_of("programme/acceptance"))
    assert leads.count() == 33
    for day in (date(2020, 6, 1), date(2024, 6, 1)):
        on_day = leads.filter(valid_from__lte=day, valid_until__gt=day)
        assert len(set(on_day.values_list("area", flat=True))) == on_day.count() == 32


@pytest.mark.usefixtures("loaded")
def test_nothing_invented_hangs_on_a_real_village() -> None:
    assert not Organisation.objects.filter(seat__level__gte=3, seat__invented=False).exists()
    assert set(Organisation.objects.filter(kind="OT.K").values_list("seat__parent", flat=True)) == {"52.03.99"}
    assert set(Area.objects.filter(invented=True).values_list("parent_id", flat=True)) == {"52.03", "52.03.99"}


@pytest.mark.usefixtures("loaded")
def test_telephone_numbers_are_of_nobody_or_of_everybody() -> None:
    short = {"110", "129", "165", "1708", "+628111129129"}
    numbers = {n for row in ServicePoint.objects.values_list("hotline", "whatsapp") for n in row if n}
    assert {n for n in numbers - short if not n.startswith("+62800000")} == set()
    assert not User.objects.filter(phone__isnull=False).exists()


@pytest.mark.usefixtures("loaded")
def test_lentera_has_a_board_of_24_with_divisions() -> None:
    board = Affiliation.objects.filter(
        organisation=key_of("organisation/lentera"), on_board=True, superseded_at=None
    ).values_list("person", flat=True)
    assert len(set(board)) == 24


@pytest.mark.usefixtures("loaded")
def test_everybody_of_the_cast_may_what_their_role_says() -> None:
    assert User.objects.filter(is_demo=True).count() == len(CAST) == 11
    for player in CAST:
        actor = actor_for(key_of(f"user/{player.key}"), now=NOW, second_factor=True)
        assert actor.roles == {player.role}, player.key
        assert actor.person_id == key_of(f"person/{player.key}")


@pytest.mark.usefixtures("loaded")
def test_loading_again_changes_nothing() -> None:
    before = _counts()
    assert load_storyline(DEMO, now=NOW) == 0
    assert load_acceptance(DEMO, now=NOW) == 0
    assert _counts() == before
    assert [part.complete for part in progress()] == [True, True, False]


@pytest.mark.usefixtures("loaded")
@audits(load_figures)
def test_a_month_of_counts_is_brought_in_and_published_by_two_and_the_ledger_is_proved() -> None:
    areas(*(first_district(regency) for regency in regencies()))
    told: list[tuple[int, int]] = []
    assert load_figures(DEMO, now=NOW, most=1, progress=lambda *at: told.append(at)) == 3
    assert (told, months_published()) == ([(1, len(MONTHS))], (1, len(MONTHS)))
    past = CountedVictim.objects.filter(recorded_at__lt=datetime(2024, 2, 1, tzinfo=UTC))
    assert past.count() == sum(len(people_of(regency, "2024-01")) for regency in regencies())
    assert not past.exclude(area__invented=True).exists()
    everybody = {"area": "", "type": "", "sex": "", "period": "2024-01"}
    assert published_cells().get(table="nation-month", **everybody).count == past.count()
    assert [book.wrong for book in verify_books()] == [""]
    acts = Counter(Act.objects.filter(act__startswith="releases.").values_list("act", flat=True))
    assert (acts["releases.approve_release"], acts["releases.publish_release"]) == (2, 1)
    publish("2024-01")  # killed after it was published and before that was noted
    assert published_cells().filter(table="nation-month", **everybody).count() == 1


def first_district(regency: str) -> str:
    return next(row.code for row in listing().rows if row.parent_id == regency)


@denies(load_figures)
@pytest.mark.django_db
def test_counts_are_not_loaded_by_anybody() -> None:
    with pytest.raises(Denied):
        load_figures(Anonymous(), now=NOW)


def test_the_plan_of_counts_is_of_37_regencies_and_the_same_everywhere() -> None:
    assert (len(set(regencies())), MONTHS[0], MONTHS[-1]) == (37, "2024-01", "2025-12")
    assert people_of("52.03", "2024-06") == people_of("52.03", "2024-06")
    assert people_of("52.03", "2024-06") != people_of("52.03", "2024-07")
    for regency, month in (("52.71", "2024-11"), (REGENCIES[0], "2024-01")):
        people = people_of(regency, month)
        assert people
        assert all(person.day.isoformat()[:7] == month and person.place < PLACES for person in people)
        assert all(person.outcome in outcomes_for([person.kind]) for person in people)


@pytest.mark.usefixtures("loaded")
@audits(load_storyline, load_acceptance)
def test_every_step_leaves_the_acts_of_the_services_it_uses() -> None:
    acts = Counter(Act.objects.filter(purpose="demo").values_list("act", flat=True))
    plan = make_plan()
    assert acts["organisations.register_organisation"] >= len(plan.local) + len(plan.provincial)
    assert acts["access.grant_role"] == len(CAST)


def _counts() -> dict[str, int]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("simpul."))
    return {model.__name__: model._default_manager.count() for model in ours}


@pytest.mark.usefixtures("loaded")
def test_one_emergency_was_before_witnesses_who_read_why() -> None:
    opening = EmergencyOpening.objects.get()
    assert (opening.person.name, opening.as_deputy, opening.closed_at is not None) == ("Ani", True, True)
    assert Deputy.objects.get(ended_at=None).person == opening.person
    told = Recipient.objects.filter(notice__about_id=opening.pk).exclude(opened_at=None)
    assert sorted(told.values_list("user__person__name", flat=True)) == ["Budi", "Kartika"]
    acts = Act.objects.filter(ref_id=opening.ref_id, act__endswith="_glass").order_by("id")
    assert [act.act for act in acts] == ["access.break_glass", "access.close_glass"]
