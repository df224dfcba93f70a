"""Service points: kept by one organisation, checked by people, and a safe house stays secret."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, Reach
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.models import ServicePoint
from simpul.organisations.queries.service_points import service_point_for, service_points_for
from simpul.organisations.services.service_points import (
    add_service_point,
    change_service_point,
    close_service_point,
    verify_service_point,
)
from tests.factories.organisations import NOW, SYSTEM, TODAY, make_organisation, make_service_point, someone
from tests.factories.territory import MASBAGIK_UTARA_BARU, PENEDA_GANDOR, areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


@audits(add_service_point)
def test_add_service_point_with_all_that_people_ask() -> None:
    owner, key = make_organisation(), uuid7()
    sent = {
        "needs": ["K", "PA"],
        "hours": {"5": [["13.30", "15.00"], ["08.00", "11.00"]], "1": [["08:00", "15:00"]], "2": []},
        "hotline": "129",
        "documents": [{"id": "KTP atau surat keterangan"}],
        "fee": {"id": "Tidak dipungut biaya"},
        "free_of_charge": "yes",
        "accepts_children": "yes",
    }
    point = add_service_point(
        SYSTEM, owner, kind="RI.01", name="UPTD PPA Lombok Timur", areas=areas("52.03"), details=sent, id=key, now=NOW
    )
    again = add_service_point(
        SYSTEM, owner, kind="RI.01", name="UPTD PPA Lombok Timur", areas=areas("52.03"), details=sent, id=key, now=NOW
    )
    assert again == point
    assert point.hours == {"1": [["08:00", "15:00"]], "5": [["08:00", "11:00"], ["13:30", "15:00"]]}
    assert ([str(t) for t in point.document_texts], str(point.fee)) == (
        ["KTP atau surat keterangan"],
        "Tidak dipungut biaya",
    )
    assert (point.accepts_children, point.disability_access) == ("yes", "unknown")
    assert Act.objects.filter(act="organisations.add_service_point").count() == 1
    with pytest.raises(Conflict, match="id_taken"):
        add_service_point(SYSTEM, make_organisation(), kind="RI.01", name="X", areas=areas("52.03"), id=key, now=NOW)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"hours": {"8": [["08.00", "09.00"]]}}, "unknown_choice"),
        ({"hours": {"1": [["09.00", "08.00"]]}}, "hours_order"),
        ({"hours": {"1": [["08.00", "12.00"], ["11.00", "14.00"]]}}, "hours_order"),
        ({"hours": {"1": [["8", "12"]]}}, "not_a_time"),
        ({"hours": {"1": [["24.00", "25.00"]]}}, "not_a_time"),
        ({"needs": ["ZZ"]}, "unknown_choice"),
        ({"hotline": "nanti"}, "not_a_phone"),
        ({"fee": {"en": "Free"}}, "indonesian_needed"),
        ({"owner_organisation": "x"}, "unknown_field"),
        ({"closed_on": TODAY}, "unknown_field"),
    ],
)
def test_add_service_point_refuses(details: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        make_service_point(make_organisation(), **details)
    assert not ServicePoint.objects.exists()


def test_add_service_point_needs_a_name_and_an_area() -> None:
    owner = make_organisation()
    with pytest.raises(Invalid, match="name_needed"):
        add_service_point(SYSTEM, owner, kind="RI.01", name=" ", areas=areas("52.03"), now=NOW)
    with pytest.raises(Invalid, match="areas_needed"):
        add_service_point(SYSTEM, owner, kind="RI.01", name="X", areas=[], now=NOW)


def test_a_safe_house_is_secret_whatever_is_sent() -> None:
    owner = make_organisation()
    [village] = areas(PENEDA_GANDOR)
    house = add_service_point(
        SYSTEM,
        owner,
        kind="RI.98",
        name="Rumah aman",
        areas=areas("52.03"),
        seat=village,
        details={"needs": ["K"], "address": "Jalan Rahasia 1", "address_public": True},
        now=NOW,
    )
    assert (house.address_public, house.seat_id) == (False, "52.03")
    for actor in (
        Anonymous(),
        someone(owner, "organisation.edit"),
        someone(None, "service_point.manage", area_code="73"),
    ):
        assert service_points_for(actor, "52.03", "K", today=TODAY) == ()
        with pytest.raises(NotFound):
            service_point_for(actor, house.pk, today=TODAY)
        with pytest.raises(NotFound):
            verify_service_point(actor, house, method="visit", now=NOW)
    keeper = someone(owner, "service_point.manage")
    assert [f.address for f in service_points_for(keeper, "52.03", "K", today=TODAY)] == ["Jalan Rahasia 1"]
    opened = change_service_point(
        SYSTEM, house, changes={"address_public": True, "name": "Rumah aman 2"}, seen_version=1, now=NOW
    )
    assert opened.address_public is False
    for change in ({"address_public": True}, {"seat_id": village.pk}):
        with pytest.raises(IntegrityError, match="secret"), transaction.atomic():
            ServicePoint.objects.filter(pk=house.pk).update(**change)


def test_what_becomes_a_safe_house_becomes_secret() -> None:
    point = add_service_point(
        SYSTEM,
        make_organisation(),
        kind="RI.27",
        name="Rumah",
        areas=areas("52.03"),
        seat=areas(PENEDA_GANDOR)[0],
        now=NOW,
    )
    fresh = change_service_point(SYSTEM, point, changes={"kind": "RI.98"}, seen_version=1, now=NOW)
    assert (fresh.address_public, fresh.seat_id) == (False, "52.03")


@audits(change_service_point, verify_service_point, close_service_point)
def test_a_point_is_changed_checked_and_closed() -> None:
    point = make_service_point(make_organisation(), "52.03")
    fresh = change_service_point(
        SYSTEM, point, changes={"hotline": "129"}, areas=areas("52.01", "52.03"), seen_version=1, now=NOW
    )
    assert sorted(fresh.served_areas.values_list("area_id", flat=True)) == ["52.01", "52.03"]
    with pytest.raises(Conflict) as refused:
        change_service_point(SYSTEM, point, changes={"hotline": "110"}, seen_version=1, now=NOW)
    assert refused.value.theirs == {"hotline": "129"}
    with pytest.raises(Invalid, match="areas_needed"):
        change_service_point(SYSTEM, fresh, changes={}, areas=[], seen_version=2, now=NOW)
    checked = verify_service_point(SYSTEM, fresh, method="call", now=NOW)
    assert verify_service_point(SYSTEM, fresh, method="call", now=NOW) == checked
    with pytest.raises(Invalid, match="in_the_future"):
        verify_service_point(SYSTEM, fresh, method="call", verified_on=date(2026, 1, 1), now=NOW)
    closed = close_service_point(SYSTEM, fresh, closed_on=TODAY, seen_version=2, now=NOW)
    assert close_service_point(SYSTEM, closed, closed_on=TODAY, seen_version=2, now=NOW) == closed
    assert service_points_for(SYSTEM, "52.03", today=TODAY) == ()
    acts = Act.objects.filter(ref_id=point.pk).order_by("id").values_list("act", "details")
    assert list(acts)[1:] == [
        ("organisations.change_service_point", {"fields": ["areas", "hotline"]}),
        ("organisations.verify_service_point", {"method": "call"}),
        ("organisations.close_service_point", {}),
    ]


@denies(add_service_point, change_service_point, verify_service_point, close_service_point)
def test_service_points_are_for_who_keeps_them() -> None:
    owner = make_organisation()
    point = make_service_point(owner)
    elsewhere = someone(make_organisation(), "service_point.manage", "service_point.verify")
    verifier = someone(owner, "service_point.verify")
    for actor in (elsewhere, verifier):
        with pytest.raises(Denied, match=r"service_point\.manage"):
            add_service_point(actor, owner, kind="RI.01", name="X", areas=areas("52.03"), now=NOW)
        with pytest.raises(Denied, match=r"service_point\.manage"):
            change_service_point(actor, point, changes={"hotline": "129"}, seen_version=1, now=NOW)
        with pytest.raises(Denied, match=r"service_point\.manage"):
            close_service_point(actor, point, closed_on=TODAY, seen_version=1, now=NOW)
    with pytest.raises(Denied, match=r"service_point\.verify"):
        verify_service_point(elsewhere, point, method="visit", now=NOW)
    assert verify_service_point(verifier, point, method="visit", now=NOW).verified_on == TODAY


def test_the_nearest_level_comes_first_then_the_freshest() -> None:
    owner = make_organisation()
    province = make_service_point(owner, "52", name="DP3AP2KB NTB")
    stale = make_service_point(owner, "52.03", name="A lama")
    fresh = make_service_point(owner, "52.03", name="B baru")
    second = make_service_point(owner, "52.03", name="C kedua", needs=("AD", "K"))
    village = make_service_point(owner, MASBAGIK_UTARA_BARU, name="Posbankum")
    make_service_point(owner, PENEDA_GANDOR, name="Desa lain")
    make_service_point(owner, "52.03", name="Dukcapil", needs=("AD",))
    verify_service_point(SYSTEM, stale, method="call", verified_on=TODAY - timedelta(days=181), now=NOW)
    verify_service_point(SYSTEM, fresh, method="call", verified_on=TODAY - timedelta(days=180), now=NOW)
    found = service_points_for(Anonymous(), MASBAGIK_UTARA_BARU, "K", today=TODAY)
    assert [(f.point, f.level, f.is_stale) for f in found] == [
        (village, 4, True),
        (fresh, 2, False),
        (stale, 2, True),
        (second, 2, True),
        (province, 1, True),
    ]
    assert len(service_points_for(Anonymous(), MASBAGIK_UTARA_BARU, today=TODAY)) == 6
    assert service_points_for(Anonymous(), "73.71", today=TODAY) == ()
    assert service_point_for(Anonymous(), fresh.pk, today=TODAY).level == 2


def test_a_point_of_a_hidden_organisation_is_hidden() -> None:
    owner, hidden = make_organisation(), make_organisation(hidden=True)
    point = make_service_point(owner, "52.03")
    ServicePoint.objects.filter(pk=point.pk).update(organisation=hidden)
    assert service_points_for(Anonymous(), "52.03", today=TODAY) == ()
    seeing = someone(None, "organisation.see_protected", reach=Reach.NODE)
    assert [f.point for f in service_points_for(seeing, "52.03", today=TODAY)] == [point]


@pytest.mark.parametrize("points", [1, 3])
def test_finding_takes_two_queries_however_many(points: int, django_assert_num_queries: object) -> None:
    owner = make_organisation()
    for _ in range(points):
        make_service_point(owner, "52.03", address_public=False)
    with django_assert_num_queries(2):  # type: ignore[operator]
        service_points_for(Anonymous(), "52.03", "K", today=TODAY)
