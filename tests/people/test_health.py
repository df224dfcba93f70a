"""`simpul check` says when nobody would receive a complaint."""

import pytest

from simpul.accounts.models import User
from simpul.kernel.actor import System
from simpul.kernel.health import Level
from simpul.kernel.refs import RecordRef
from simpul.organisations.presets import Pillar, Preset
from simpul.organisations.services.node import change_node, open_node
from simpul.people.health import complaints_reach_somebody
from simpul.people.models import Person
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


def found() -> list[tuple[Level, str]]:
    return [(finding.level, finding.message) for finding in complaints_reach_somebody(NOW)]


def receiving(cast: Cast, ref: RecordRef | None, *pillars: str) -> None:
    node = open_node(SYSTEM, host=cast.network, preset=Preset.NETWORK, now=NOW)
    change_node(SYSTEM, node, version=1, pillars=["directory", *pillars], complaints_to=ref)


def test_complaints_are_not_asked_about_before_the_first_run_or_while_they_are_off(cast: Cast) -> None:
    assert found() == []
    receiving(cast, None)
    assert found() == []


def test_complaints_nobody_receives_are_warned_of(cast: Cast) -> None:
    receiving(cast, None, Pillar.COMPLAINTS)
    assert found() == [(Level.WARN, "nobody is named to receive complaints")]


def test_complaints_follow_what_becomes_of_the_receiver(cast: Cast) -> None:
    receiver = cast.dewi.person
    assert receiver is not None
    receiving(cast, receiver.ref, Pillar.COMPLAINTS)
    assert [level for level, _said in found()] == [Level.OK]
    User.objects.filter(person=receiver).update(is_active=False)
    assert found() == [(Level.WARN, "whoever is named to receive complaints can no longer sign in")]
    Person.objects.filter(pk=receiver.pk).update(user=None)
    assert found() == [(Level.WARN, "whoever is named to receive complaints has no account yet")]


def test_complaints_to_somebody_who_is_gone_are_warned_of(cast: Cast) -> None:
    receiving(cast, RecordRef("people.person", cast.lentera.pk), Pillar.COMPLAINTS)
    assert found() == [(Level.WARN, "whoever is named to receive complaints is no longer here")]
