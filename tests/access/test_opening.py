"""An empty Simpul becomes somebody's, once, all of it or nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simpul.access.models import Grant
from simpul.access.queries import actor_for, may_open
from simpul.access.services.opening import Opening, open_simpul
from simpul.accounts.models import User
from simpul.accounts.services import check_password, claim_enrolment
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Node, Organisation
from simpul.organisations.presets import Preset
from simpul.people.models import Person
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas
from tests.marks import audits, denies
from tests.racing import at_once

NOW = datetime(2025, 2, 7, 3, tzinfo=UTC)
OPENING = Opening(
    preset=Preset.NETWORK,
    name="Jaringan Contoh",
    area_code=MASBAGIK_UTARA_BARU,
    coordinator="Budi Contoh",
    email="budi@contoh.id",
    password="tiga kata rahasia",
)


@pytest.fixture
def _areas(db: None) -> None:
    areas(MASBAGIK_UTARA_BARU)


@pytest.mark.usefixtures("_areas")
def test_open_simpul_makes_organisation_person_account_roles_and_node() -> None:
    opened = open_simpul(Anonymous(), OPENING, now=NOW)
    host = Organisation.objects.get()
    person = Person.objects.get()
    assert (host.name, host.kind, host.seat_id) == ("Jaringan Contoh", "OT.N", MASBAGIK_UTARA_BARU)
    assert (opened.node.host, person.name, person.user) == (host, "Budi Contoh", opened.user)
    roles = set(Grant.objects.values_list("role", "organisation"))
    assert roles == {("operator", None), ("coordinator", host.pk), ("secretariat", host.pk)}
    assert RecordRef.parse(opened.node.complaints_to) == person.ref
    assert check_password("budi@contoh.id", "tiga kata rahasia", now=NOW) == opened.user
    assert actor_for(opened.user, now=NOW, second_factor=True).may("node.configure")


@pytest.mark.usefixtures("_areas")
def test_open_simpul_without_password_gives_a_link_for_the_coordinators_phone() -> None:
    opened = open_simpul(Anonymous(), replace(OPENING, email="", password="", preset="village_group"), now=NOW)
    user, _device, _secret = claim_enrolment(opened.token, pin="482915", device_name="HP Budi", now=NOW)
    assert user == opened.user
    assert not Grant.objects.filter(role="secretariat").exists()


@pytest.mark.usefixtures("_areas")
def test_open_simpul_names_another_receiver_of_complaints() -> None:
    opened = open_simpul(Anonymous(), replace(OPENING, complaints_person="Ani Contoh"), now=NOW)
    ani = Person.objects.get(name="Ani Contoh")
    assert RecordRef.parse(opened.node.complaints_to) == ani.ref
    assert list(ani.grants.values_list("role", flat=True)) == ["coordinator"]


@pytest.mark.usefixtures("_areas")
@denies(open_simpul)
def test_open_simpul_refuses_once_it_is_somebodys() -> None:
    open_simpul(Anonymous(), OPENING, now=NOW)
    assert not may_open()
    with pytest.raises(Denied, match=r"node\.configure"):
        open_simpul(Anonymous(), replace(OPENING, email="lain@contoh.id"), now=NOW)
    assert (Node.objects.count(), User.objects.count()) == (1, 1)


@pytest.mark.usefixtures("_areas")
@audits(open_simpul)
def test_open_simpul_leaves_its_act() -> None:
    opened = open_simpul(Anonymous(), OPENING, now=NOW)
    assert Act.objects.filter(act="access.open_simpul", ref_id=opened.node.pk, actor_kind="anonymous").count() == 1


@pytest.mark.usefixtures("_areas")
def test_open_simpul_leaves_nothing_behind_when_a_part_is_refused() -> None:
    with pytest.raises(Invalid, match="password"):
        open_simpul(Anonymous(), replace(OPENING, password="pendek"), now=NOW)
    assert may_open()
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_open_simpul_by_two_at_once_has_one_winner() -> None:
    areas(MASBAGIK_UTARA_BARU)
    outcomes = at_once(
        lambda: open_simpul(Anonymous(), OPENING, now=NOW),
        lambda: open_simpul(Anonymous(), replace(OPENING, email="lain@contoh.id"), now=NOW),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Denied", "Opened"]
    assert (Node.objects.count(), User.objects.count(), Organisation.objects.count()) == (1, 1, 1)
