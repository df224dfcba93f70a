"""The demo is what it says: exact counts from records, the same everywhere, done once, gone without a trace."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import DjangoDbBlocker

from simpul.access.queries import actor_for
from simpul.accounts.models import User
from simpul.audit.models import Act
from simpul.demo import services
from simpul.demo.acceptance import load as acceptance
from simpul.demo.acceptance.plan import REGENCIES, make_plan
from simpul.demo.keys import key_of
from simpul.demo.models import DemoStep
from simpul.demo.public import load as public
from simpul.demo.queries import progress
from simpul.demo.services import load_acceptance, load_storyline
from simpul.demo.steps import Step, run_steps, untold
from simpul.demo.story import load as story
from simpul.demo.story.people import CAST
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Denied
from simpul.organisations.models import Membership, Organisation, ProgrammeRole, ServicePoint
from simpul.people.models import Affiliation, Person
from simpul.results.queries import evaluate, evaluate_all
from simpul.results.questions import Question
from simpul.territory.models import Area
from tests.factories.territory import areas
from tests.marks import audits, denies

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
DEMO = System("demo")
NEEDED = (
    *REGENCIES, "52.01", "52.02", "52.03.03", "52.03.04", "52.03.05", "52.03.09", "52.03.17", "52.04", "52.06", "52.08",
    "52.71", "52.72", "31", "34", "11", "12", "13", "16", "18", "51", "53", "64", "71",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All of the demo, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        areas(*NEEDED)
        load_storyline(DEMO, now=NOW)
        load_acceptance(DEMO, now=NOW)
        yield
        transaction.set_rollback(True)


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
    assert found["F17"].stated is not None
    assert found["F17"].stated.value == 500
    assert found["F20"].value == 2
    assert [figure.value for figure in found["F21"].figures] == [4, 4, 7, 4]


@pytest.mark.usefixtures("loaded")
def test_forums_hold_396_distinct_organisations_and_44_of_them_twice() -> None:
    forums = ProgrammeRole.objects.filter(role="learning_forum").values("organisation")
    assert forums.count() == 32
    memberships = Membership.objects.filter(network__in=forums, superseded_at=None).values_list("member", flat=True)
    assert Counter(Counter(memberships).values()) == {1: 352, 2: 44}


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
    assert all(part.complete for part in progress())


@pytest.mark.usefixtures("loaded")
@audits(load_storyline, load_acceptance)
def test_every_step_leaves_the_acts_of_the_services_it_uses() -> None:
    acts = Counter(Act.objects.filter(purpose="demo").values_list("act", flat=True))
    plan = make_plan()
    assert acts["organisations.register_organisation"] >= len(plan.local) + len(plan.provincial)
    assert acts["access.grant_role"] == len(CAST)


@pytest.mark.django_db
@denies(load_storyline, load_acceptance)
@pytest.mark.parametrize("name", ["load_storyline", "load_acceptance"])
def test_loading_is_refused_to_whoever_may_not_configure(name: str) -> None:
    with pytest.raises(Denied, match=r"node\.configure"):
        getattr(services, name)(Anonymous(), now=NOW)
    assert not DemoStep.objects.exists()


@pytest.mark.django_db
def test_a_step_that_fails_leaves_nothing_and_the_next_load_goes_on_there() -> None:
    def register(name: str) -> None:
        Organisation.objects.create(kind="OT.T", name=name, sort_key=name)

    def fall() -> None:
        register("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_steps([Step("a", lambda: register("a")), Step("b", fall)], now=NOW, progress=untold)
    assert set(DemoStep.objects.values_list("key", flat=True)) == {"a"}
    assert not Organisation.objects.filter(name="half").exists()
    again = [Step("a", lambda: register("a")), Step("b", lambda: register("b"))]
    assert run_steps(again, now=NOW, progress=untold) == 1
    assert set(Organisation.objects.values_list("name", flat=True)) == {"a", "b"}


@pytest.mark.django_db
def test_the_same_keys_are_made_in_every_database() -> None:
    def keys() -> list[tuple[str, object]]:
        with transaction.atomic():
            areas(*NEEDED)
            load_storyline(DEMO, now=NOW)
            found = [
                (model.__name__, key)
                for model in (Organisation, Person, Membership, ServicePoint, Affiliation)
                for key in model._default_manager.order_by("pk").values_list("pk", flat=True)
            ]
            transaction.set_rollback(True)
        return found

    first = keys()
    assert first == keys()
    assert len(first) > 100


def test_every_step_has_a_key_of_its_own() -> None:
    keys = [step.key for step in (*public.steps(), *story.steps(), *acceptance.steps())]
    assert len(set(keys)) == len(keys)


def test_no_private_person_is_named_among_the_public_facts() -> None:
    text = Path(public.__file__).with_name("organisations.py").read_text(encoding="utf-8")
    for title in ("Ir. ", "Hj. ", "H. ", "Drs. ", "S.Pd", "M.Si"):
        assert title not in text


def _counts() -> dict[str, int]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("simpul."))
    return {model.__name__: model._default_manager.count() for model in ours}
