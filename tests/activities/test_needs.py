"""What villages need: who reports, versions, what is refused."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from simpul.activities.models import ReportedNeed
from simpul.activities.queries.responses import need_for, needs_of, versions_of_need
from simpul.activities.services.needs import report_need, update_need, withdraw_need
from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.organisations import SYSTEM
from tests.factories.responses import NOW, TODAY, make_need, make_response, need_draft
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@audits(report_need, update_need, withdraw_need)
def test_a_need_is_reported_met_and_taken_back() -> None:
    response = make_response()
    first = make_need(response, quantity=Decimal(2000), unit="liter")
    second = update_need(SYSTEM, first, need_draft(status="met"), now=LATER)
    assert (second.line, second.status, need_for(SYSTEM, first.line)) == (first.pk, "met", second)
    assert [row.pk for row in versions_of_need(second)] == [second.pk, first.pk]
    withdraw_need(SYSTEM, second, now=LATER)
    withdraw_need(SYSTEM, second, now=LATER)
    assert not needs_of(SYSTEM, response).exists()
    with pytest.raises(NotFound):
        need_for(SYSTEM, first.line)
    acts = Act.objects.filter(ref_kind="activities.reportedneed").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["activities.report_need", "activities.update_need", "activities.withdraw_need"]


@denies(report_need, update_need, withdraw_need)
def test_a_village_reports_for_itself_and_the_secretariat_for_whom_it_heard(cast: Cast) -> None:
    response = make_response(cast.network)
    ours, heard = need_draft(reported_by=cast.lentera), need_draft()
    for player in (cast.hasan, cast.eko, cast.publik):
        with pytest.raises(Denied):
            report_need(player.actor, response, ours, now=NOW)
    with pytest.raises(Denied):
        report_need(cast.ani.actor, response, heard, now=NOW)
    mine = report_need(cast.ani.actor, response, ours, now=NOW)
    told = report_need(cast.dewi.actor, response, heard, now=NOW)
    for need in (mine, told):
        with pytest.raises(Denied):
            update_need(cast.hasan.actor, need, ours, now=LATER)
        with pytest.raises(Denied):
            withdraw_need(cast.hasan.actor, need, now=LATER)
    assert update_need(cast.budi.actor, mine, ours, now=LATER).corrects == mine
    withdraw_need(cast.dewi.actor, told, now=LATER)


def test_the_same_need_twice_is_one() -> None:
    response, key = make_response(), uuid7()
    first = make_need(response, line=key)
    assert make_need(response, line=key) == first
    version = uuid7()
    for _attempt in range(2):
        assert update_need(SYSTEM, first, need_draft(status="met"), next_id=version, now=LATER).pk == version
    with pytest.raises(Conflict) as met:
        update_need(SYSTEM, first, need_draft(status="partly"), now=LATER)
    assert met.value.theirs == {"status": "met"}
    assert ReportedNeed.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"what": "-"}, "what_needed"),
        ({"status": "sold"}, "unknown_status"),
        ({"reported_on": TODAY + timedelta(days=1)}, "reported_ahead"),
        ({"quantity": Decimal(-2)}, "negative"),
        ({"reporter": " "}, "reporter_needed"),
        ({"cluster": "health"}, "sub_cluster_of_another"),
    ],
)
def test_what_can_not_be_is_told(said: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make_need(make_response(), **said)
    assert refusal.value.code == code


def test_a_need_lies_in_the_response() -> None:
    with pytest.raises(Invalid) as refusal:
        make_need(make_response(), "36.02")
    assert refusal.value.code == "outside_response"
