"""One deployment is one node: opened once, changed under an optimistic lock, shown in every header."""

from datetime import UTC, datetime

import pytest

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.organisations.logos import clean_logo
from simpul.organisations.models import Node
from simpul.organisations.presets import Pillar, Preset
from simpul.organisations.queries.node import logo_of_node, node_face, this_node
from simpul.organisations.services.node import change_node, open_node
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies
from tests.organisations.test_logos import picture
from tests.racing import at_once

NOW = datetime(2025, 2, 7, tzinfo=UTC)
SYSTEM = System("test")


def opened() -> Node:
    return open_node(SYSTEM, host=make_organisation(name="Kelompok Lentera"), preset=Preset.VILLAGE_GROUP, now=NOW)


@pytest.mark.django_db
def test_open_node_starts_with_the_pillars_of_its_preset() -> None:
    opened()
    face = node_face()
    assert face is not None
    assert face.name == "Kelompok Lentera"
    assert face.pillars == {Pillar.DIRECTORY, Pillar.COMPLAINTS, Pillar.LEARNING}


@pytest.mark.django_db
@denies(open_node, change_node)
def test_open_and_change_node_refuse_whoever_may_not_configure() -> None:
    with pytest.raises(Denied, match=r"node\.configure"):
        open_node(Anonymous(), host=make_organisation(), preset=Preset.FORUM, now=NOW)
    assert not Node.objects.exists()
    with pytest.raises(Denied, match=r"node\.configure"):
        change_node(Anonymous(), opened(), version=1, pillars=["directory"], complaints_to=None)


@pytest.mark.django_db
@audits(open_node, change_node)
def test_open_and_change_node_leave_their_acts() -> None:
    node = opened()
    change_node(SYSTEM, node, version=1, pillars=["directory"], complaints_to=None)
    acts = list(Act.objects.filter(ref_id=node.pk).order_by("pk").values_list("act", flat=True))
    assert acts == ["organisations.open_node", "organisations.change_node"]


@pytest.mark.django_db
def test_open_node_refuses_a_second_one_and_an_unknown_preset() -> None:
    with pytest.raises(Invalid, match="preset"):
        open_node(SYSTEM, host=make_organisation(), preset="everything", now=NOW)
    opened()
    with pytest.raises(Conflict, match="node_open"):
        opened()
    assert Node.objects.count() == 1


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_open_node_by_two_at_once_has_one_winner() -> None:
    first, second = make_organisation(), make_organisation()
    outcomes = at_once(
        lambda: open_node(SYSTEM, host=first, preset=Preset.NETWORK, now=NOW),
        lambda: open_node(SYSTEM, host=second, preset=Preset.NETWORK, now=NOW),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Node"]
    assert Node.objects.count() == 1


@pytest.mark.django_db
def test_change_node_shows_what_is_stored_when_somebody_was_faster() -> None:
    node = opened()
    change_node(SYSTEM, node, version=1, pillars=["directory", "results"], complaints_to=None)
    with pytest.raises(Conflict) as refused:
        change_node(SYSTEM, node, version=1, pillars=["directory"], complaints_to=None)
    assert refused.value.theirs == {"pillars": ["directory", "results"]}


@pytest.mark.django_db
@pytest.mark.parametrize("pillars", [["results"], ["directory", "casino"]])
def test_change_node_refuses_pillars_that_are_not_there_or_miss_the_directory(pillars: list[str]) -> None:
    with pytest.raises(Invalid, match="pillars"):
        change_node(SYSTEM, opened(), version=1, pillars=pillars, complaints_to=None)


@pytest.mark.django_db
def test_change_node_keeps_who_receives_complaints_and_the_logo() -> None:
    node, person = opened(), RecordRef("people.person", uuid7())
    assert logo_of_node() is None
    logo = clean_logo(picture())
    change_node(SYSTEM, node, version=1, pillars=["directory"], complaints_to=person, logo=logo)
    stored = this_node()
    assert stored is not None
    assert RecordRef.parse(stored.complaints_to) == person
    assert logo_of_node() == logo
    change_node(SYSTEM, node, version=2, pillars=["directory"], complaints_to=person)
    assert logo_of_node() == logo
