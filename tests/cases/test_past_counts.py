"""What was counted on paper before: in bulk, without anybody in it, and counted like everything else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from simpul.audit.models import Act
from simpul.cases import facts
from simpul.cases.facts import Unit
from simpul.cases.health import figures_follow_cases
from simpul.cases.models import Case, CountedVictim
from simpul.cases.services.past_counts import PastCount, bring_past_counts
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.health import Level
from tests.cast import Cast
from tests.factories.cases import MAKER, village
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
D = facts.Dimension
NOW = datetime(2025, 3, 3, 2, tzinfo=UTC)


@pytest.fixture
def line() -> PastCount:
    return PastCount(
        village=village().code, received_on=date(2024, 5, 6), ended_on=date(2024, 7, 1), types=["K.F", "AD.1"],
        sex="P", age="25-59", disability="none", outcome="document_issued",
    )  # fmt: skip


def test_brought_counts_are_counted_and_open_no_case(line: PastCount) -> None:
    group = make_organisation()
    assert (
        bring_past_counts(MAKER, group, [line, replace(line, types=["JK.4"], outcome="met")], source="2024", now=NOW)
        == 2
    )
    by = (D.VILLAGE, D.TYPE, D.SEX, D.AGE, D.MONTH)
    found = {one.cell: one.came for one in facts.counts(Unit.VICTIMS, by, until=NOW)}
    place, rest = line.village, ("P", "25-59", "2024-05")
    assert found == {(place, "AD.1", *rest): 1, (place, "K.F", *rest): 1, (place, "JK.4", *rest): 1}
    assert {one.cell for one in facts.counts(Unit.CASES, (D.BRANCH,), until=NOW)} == {("social",), ("violence",)}
    assert not Case.objects.exists()
    assert [finding.level for finding in figures_follow_cases(NOW)] == [Level.OK]


def test_the_same_register_again_adds_only_what_is_new(line: PastCount) -> None:
    group = make_organisation()
    bring_past_counts(MAKER, group, [line], source="2024", now=NOW)
    assert bring_past_counts(MAKER, group, [line], source="2024", now=NOW) == 0
    assert bring_past_counts(MAKER, group, [line, line], source="2024", now=NOW) == 1
    assert bring_past_counts(MAKER, group, [line], source="2023", now=NOW) == 1
    assert bring_past_counts(MAKER, make_organisation(), [line], source="2024", now=NOW) == 1
    assert bring_past_counts(MAKER, group, [], source="2024", now=NOW) == 0
    assert CountedVictim.objects.count() == 4


@denies(bring_past_counts)
def test_who_does_not_coordinate_the_group_brings_nothing(cast: Cast, line: PastCount) -> None:
    for who in (cast.ani, cast.hasan, cast.kartika, cast.fitri, cast.publik):
        for lines in ([line], []):
            with pytest.raises(Denied):
                bring_past_counts(who.actor, cast.lentera, lines, source="2024", now=cast.now)
    with pytest.raises(Denied):
        bring_past_counts(cast.budi.actor, cast.other_group, [line], source="2024", now=cast.now)
    assert bring_past_counts(cast.budi.actor, cast.lentera, [line], source="2024", now=cast.now) == 1


@audits(bring_past_counts)
def test_bringing_is_recorded_by_how_many(cast: Cast, line: PastCount) -> None:
    bring_past_counts(cast.budi.actor, cast.lentera, [line, line], source="2024", now=cast.now)
    act = Act.objects.get(act="cases.bring_past_counts")
    assert (act.ref_id, act.details) == (cast.lentera.pk, {"lines": 2})


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("types", []),
        ("types", ["K.X"]),
        ("sex", "x"),
        ("age", "25"),
        ("disability", "some"),
        ("outcome", "separated"),
        ("ended_on", date(2024, 5, 5)),
        ("ended_on", date(2025, 3, 4)),
        ("village", "52.03"),
        ("village", "99.99.99.9999"),
    ],
)
def test_what_can_not_be_counted_brings_nothing(line: PastCount, field: str, wrong: Any) -> None:
    group = make_organisation()
    with pytest.raises(Invalid) as refused:
        bring_past_counts(MAKER, group, [line, replace(line, **{field: wrong})], source="2024", now=NOW)
    assert refused.value.field == field
    assert not CountedVictim.objects.exists()


def test_too_many_at_once_are_refused(line: PastCount, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simpul.cases.services.past_counts.MOST", 1)
    with pytest.raises(Invalid):
        bring_past_counts(MAKER, make_organisation(), [line, line], source="2024", now=NOW)
