"""Steps are done once, refused to whoever may not, and make the same keys everywhere."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from simpul.demo import services
from simpul.demo.acceptance import load as acceptance
from simpul.demo.models import DemoStep
from simpul.demo.public import load as public
from simpul.demo.services import load_acceptance, load_storyline
from simpul.demo.steps import Step, run_steps, untold
from simpul.demo.story import load as story
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Denied
from simpul.organisations.models import Membership, Organisation, ServicePoint
from simpul.people.models import Affiliation, Person
from tests.demo.places import NEEDED
from tests.factories.territory import areas
from tests.marks import denies

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
DEMO = System("demo")


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
