"""Memberships, programmes, service points, holidays and codes kept by a program; one's own inbox."""

from collections.abc import Callable
from typing import Any

import pytest

from simpul.notices.models import Recipient
from simpul.organisations.models import Membership, ServicePoint
from simpul.territory.models import Holiday
from tests.api.conftest import Program, problem
from tests.cast import Cast
from tests.factories.notices import PARAMS, PLAIN, TOLD, declared, send
from tests.factories.organisations import make_service_point
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
V1 = "/api/v1"


def of_lentera(cast: Cast) -> Membership:
    return Membership.objects.get(member=cast.lentera, network=cast.forum, superseded_at=None)


def test_a_membership_is_corrected_by_appending(cast: Cast, program: Programs) -> None:
    eko, before = program(cast.eko), of_lentera(cast)
    after = eko.patch(f"{V1}/memberships/{before.pk}", {"decided_by": "Rapat presidium"}).json()
    assert (after["decided_by"], after["is_confirmed"]) == ("Rapat presidium", True)
    assert after["id"] != str(before.pk)
    problem(eko.get(f"{V1}/memberships/{before.pk}"), 404)
    changed = eko.patch(f"{V1}/memberships/{after['id']}", {"role": "observer"}).json()
    assert not changed["is_confirmed"], "another role is for the member to confirm"
    problem(eko.patch(f"{V1}/memberships/{changed['id']}", {"network": str(cast.network.pk)}), 422, "invalid_input")


def test_a_decision_is_written_once_and_read_by_both_sides(cast: Cast, program: Programs) -> None:
    budi, path = program(cast.budi), f"{V1}/memberships/{of_lentera(cast).pk}/decisions"
    sent = {
        "id": "0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d", "act": "put_on_leave", "effective_on": "2025-03-01",
        "until": "2025-06-01", "why": "Pengurus berganti",
    }  # fmt: skip
    assert [budi.post(path, sent).status_code for _ in range(2)] == [201, 201]
    for played, expected in ((cast.eko, 1), (cast.hasan, 0)):
        told = program(played).get(path).json()
        assert [row["why"] for row in told] == ["Pengurus berganti"] * expected
    standings = program().get(f"{V1}/networks/{cast.forum.pk}/standings", {"on": "2025-04-01"}).json()
    assert standings["counts"]["on_leave"] == 1
    assert [row["standing"] for row in standings["members"]] == ["on_leave"]
    problem(budi.post(path, {"act": "expel", "effective_on": "2025-03-01"}), 403)


def test_a_programme_is_kept_with_where_it_works_and_who_does_what(cast: Cast, program: Programs) -> None:
    areas("52.03")
    dewi = program(cast.dewi)
    made = dewi.post(f"{V1}/programmes", {"owner": str(cast.network.pk), "name": {"id": "Program Contoh"}})
    path, tag = made.headers["Location"], made.headers["ETag"]
    changed = dewi.patch(path, {"funder": "Warga"}, If_Match=tag).json()
    assert (changed["funder"], changed["name"]) == ("Warga", {"id": "Program Contoh"})
    refused = problem(dewi.patch(path, {"funder": "Lain"}, If_Match=tag), 412)
    assert (refused["theirs"], refused["yours"]) == ({"funder": "Warga"}, {"funder": "Lain"})
    coverage = dewi.post(f"{path}/coverages", {"area": "52.03"}).json()
    problem(dewi.post(f"{path}/coverages", {"area": "52.03", "valid_from": "2020-01-01"}), 409, "coverage_overlaps")
    role = dewi.post(f"{path}/roles", {"organisation": str(cast.forum.pk), "role": "implementer"}).json()
    full = program().get(path).json()
    assert ([row["id"] for row in full["coverages"]], [row["id"] for row in full["roles"]]) == (
        [coverage["id"]], [role["id"]],
    )  # fmt: skip
    dewi.post(f"{V1}/coverages/{coverage['id']}/withdraw")
    ended = dewi.post(f"{V1}/programme-roles/{role['id']}/end", {"valid_until": "2020-01-01"}).json()
    assert ended["valid_until"] == "2020-01-01"
    assert (program().get(path).json()["areas"], program().get(path).json()["roles"]) == ([], [])


def test_a_service_point_is_added_changed_and_closed(cast: Cast, program: Programs) -> None:
    areas("52.03")
    citra = program(cast.citra)
    sent = {
        "owner": str(cast.uptd.pk), "kind": "RI.01", "name": "UPTD Contoh", "areas": ["52.03"],
        "hours": {"1": [["08.00", "14.00"]]}, "needs": ["legal"],
    }  # fmt: skip
    problem(citra.post(f"{V1}/service-points", {**sent, "needs": ["nothing"]}), 422)
    made = citra.post(f"{V1}/service-points", {**sent, "needs": []})
    assert (made.json()["areas"], made.json()["hours"]) == (["52.03"], {"1": [["08:00", "14:00"]]})
    path = made.headers["Location"]
    changed = citra.patch(path, {"hotline": "129"}, If_Match=made.headers["ETag"])
    assert changed.json()["name"] == "UPTD Contoh"
    problem(citra.put(f"{path}/closed", {"closed_on": "2999-01-01"}, If_Match=changed.headers["ETag"]), 422)
    closed = citra.put(f"{path}/closed", {"closed_on": "2025-01-01"}, If_Match=changed.headers["ETag"])
    assert closed.json()["closed_on"] == "2025-01-01"
    assert program().get(f"{V1}/service-points", {"area": "52.03"}).json() == []


@pytest.mark.parametrize(
    "hours", [{"1": [["08.00"]]}, {"1": [["08.00", "09.00", "10.00"]]}, {"9": []}, {"1": [["x", "y"]]}]
)
def test_hours_that_are_none_are_refused(cast: Cast, program: Programs, hours: object) -> None:
    citra, point = program(cast.citra), make_service_point(cast.uptd)
    path = f"{V1}/service-points/{point.pk}"
    problem(citra.patch(path, {"hours": hours}, If_Match=citra.get(path).headers["ETag"]), 422)
    assert ServicePoint.objects.get(pk=point.pk).hours == {}


def test_of_a_safe_house_nobody_reads_where_it_is(cast: Cast, program: Programs) -> None:
    areas("52.03.01.2001")
    sent = {
        "owner": str(cast.uptd.pk), "kind": "RI.98", "name": "Rumah Aman", "areas": ["52.03"],
        "seat": "52.03.01.2001", "address": "Jalan Rahasia 1", "address_public": True,
    }  # fmt: skip
    made = program(cast.citra).post(f"{V1}/service-points", sent).json()
    assert (made["seat"]["code"], made["address"]) == ("52.03", "Jalan Rahasia 1")
    for played in (None, cast.dewi, cast.ani):
        problem(program(played).get(f"{V1}/service-points/{made['id']}"), 404)
    problem(program(cast.citra, []).get(f"{V1}/service-points/{made['id']}"), 404)


def test_days_off_and_changes_of_codes_are_the_operators(cast: Cast, program: Programs) -> None:
    areas("52.03")
    joko = program(cast.joko)
    sent = {"day": "2025-03-05", "name": {"id": "Hari Contoh"}, "kind": "national", "basis": "SKB"}
    made = joko.post(f"{V1}/holidays", sent).json()
    listed = program().get(f"{V1}/holidays", {"year": 2025}).json()
    assert [row["name"]["id"] for row in listed if row["id"] == made["id"]] == ["Hari Contoh"]
    problem(joko.post(f"{V1}/holidays", {**sent, "name": {"en": "Day"}}), 422, "indonesian_needed")
    joko.post(f"{V1}/holidays/{made['id']}/withdraw")
    assert not Holiday.objects.filter(superseded_at=None).exists()
    change = {"old_code": "52.99", "new_code": "52.03", "valid_from": "2024-01-01", "kind": "recode", "basis": "Aturan"}
    row = joko.post(f"{V1}/crosswalks", {**change, "share": 0.25}).json()
    problem(joko.post(f"{V1}/crosswalks", {**change, "share": 2}), 422, "invalid_input")
    assert program().get(f"{V1}/areas/52.99/successors").json() == [{"code": "52.03", "share": 0.25}]
    del change["old_code"]
    joko.post(f"{V1}/crosswalks/{row['id']}/correct", change)
    assert [r["share"] for r in program().get(f"{V1}/crosswalks").json()["items"]] == [None]


def test_an_inbox_is_read_and_emptied_by_its_owner_alone(cast: Cast, program: Programs) -> None:
    assert cast.ani.user
    with declared(PLAIN), declared(TOLD):
        send(cast.ani.user)
        send(cast.ani.user, kind=TOLD.key, params=PARAMS)
        urgent = send(cast.ani.user, urgent=True)
        ani = program(cast.ani)
        first = ani.get(f"{V1}/notices", {"limit": 2}).json()
        second = ani.get(first["next"]).json()
    lines = [*first["items"], *second["items"]]
    assert {line["kind"] for line in lines} == {PLAIN.key, TOLD.key}
    assert len({line["id"] for line in lines}) == 3
    path = f"{V1}/notices/{Recipient.objects.get(notice=urgent).pk}"
    problem(program(cast.budi).get(path), 404)
    problem(program(cast.ani, ["notices:read"]).post(f"{path}/open"), 403, "scope_needed")
    assert ani.get(path).json()["opened_at"] is None, "reading it here opens nothing"
    assert ani.post(f"{V1}/notices/clear").json() == {"opened": 2}
    assert [row["id"] for row in ani.get(f"{V1}/notices", {"unread": True}).json()["items"]] == [path[-36:]]
    opened: dict[str, Any] = ani.post(f"{path}/open").json()
    assert opened["opened_at"]
    assert ani.post(f"{path}/open").json() == opened


def test_wishes_are_said_whole(cast: Cast, program: Programs) -> None:
    ani = program(cast.ani)
    wishes = ani.get(f"{V1}/wishes").json()
    problem(ani.put(f"{V1}/wishes", {**wishes, "quiet_from": "21:00:00"}), 422, "quiet_hours")
    wishes |= {"quiet_from": "21:00:00", "quiet_until": "06:00:00", "language": "en"}
    assert ani.put(f"{V1}/wishes", wishes).json() == wishes
    assert ani.get(f"{V1}/wishes").json() == wishes
