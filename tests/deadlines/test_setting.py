"""Rules are set in versions; an organisation may be quicker than the law and never rewrites it."""

from datetime import date, datetime, timedelta

import pytest

from simpul.audit.models import Act
from simpul.deadlines import services
from simpul.deadlines.models import ClockRule
from simpul.deadlines.queries import decided_for, rule_for, rule_in_force, rules_for, versions_of
from simpul.deadlines.units import Anchor, Binding, Standing, Step, Unit
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from tests.cast import Cast, Played
from tests.deadlines.test_clocks import says
from tests.marks import audits, denies

DAY = date(2025, 3, 1)
LATER_DAY = date(2025, 6, 1)


def configure(
    who: Played, code: str, at: Organisation | None, now: datetime, on: date = DAY, **changes: object
) -> ClockRule:
    key = changes.pop("id", None)
    return services.configure_rule(
        who.actor, code, organisation=at, says=says(code, **changes), valid_from=on, reason="Rapat", now=now, id=key
    )  # type: ignore[arg-type]


@denies(services.configure_rule)
@pytest.mark.parametrize("who", ["ani", "citra", "dewi", "hasan", "joko"])
def test_only_its_coordinator_sets_an_organisations_rules(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        configure(cast.played[who], "P01", cast.lentera, cast.now)


@pytest.mark.parametrize("who", ["budi", "kartika", "dewi"])
def test_only_the_operator_sets_the_nodes_rules(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        configure(cast.played[who], "P01", None, cast.now)


@audits(services.configure_rule)
@pytest.mark.parametrize("who", ["budi", "kartika"])
def test_a_version_holds_from_its_day(cast: Cast, who: str) -> None:
    row = configure(cast.played[who], "P01", cast.lentera, cast.now, limit=3)
    place = cast.lentera.pk
    assert rule_in_force("P01", place, on=DAY) == row
    assert rule_in_force("P01", place, on=DAY - timedelta(days=1)).limit == 5
    assert rule_in_force("P01", cast.forum.pk, on=DAY).limit == 5
    assert Act.objects.filter(act="deadlines.configure_rule", ref_id=row.pk).exists()


def test_the_organisations_own_goes_before_the_nodes(cast: Cast) -> None:
    configure(cast.joko, "P01", None, cast.now, limit=4)
    assert rule_in_force("P01", cast.lentera.pk, on=DAY).limit == 4
    configure(cast.budi, "P01", cast.lentera, cast.now, limit=3)
    assert rule_in_force("P01", cast.lentera.pk, on=DAY).limit == 3
    assert rule_in_force("P01", None, on=DAY).limit == 4


def test_a_later_version_ends_the_one_before(cast: Cast) -> None:
    first = configure(cast.budi, "P01", cast.lentera, cast.now, limit=3)
    second = configure(cast.budi, "P01", cast.lentera, cast.now, date(2025, 6, 1), limit=2)
    first.refresh_from_db()
    assert first.valid_until == date(2025, 6, 1)
    assert list(versions_of("P01", cast.lentera.pk)) == [second, first]
    with pytest.raises(Invalid, match="later_version"):
        configure(cast.budi, "P01", cast.lentera, cast.now, date(2025, 5, 1))


def test_one_of_the_same_day_takes_its_place(cast: Cast) -> None:
    configure(cast.budi, "P01", cast.lentera, cast.now, limit=3)
    mended = configure(cast.budi, "P01", cast.lentera, cast.now, limit=2)
    assert list(versions_of("P01", cast.lentera.pk)) == [mended]
    assert rule_in_force("P01", cast.lentera.pk, on=DAY) == mended


def test_the_same_key_is_the_same_version(cast: Cast) -> None:
    key = uuid7()
    first = configure(cast.budi, "P01", cast.lentera, cast.now, id=key, limit=3)
    assert configure(cast.budi, "P01", cast.lentera, cast.now, id=key, limit=3) == first
    with pytest.raises(Conflict, match="id_taken"):
        configure(cast.budi, "P01", cast.lentera, cast.now, id=key, limit=2)


@pytest.mark.parametrize(
    ("code", "changes", "error"),
    [
        ("D01", {"limit": 73}, "law_is_shorter"),
        ("D01", {"unit": Unit.WORKING_DAYS, "limit": 3}, "law_is_shorter"),
        ("D01", {"basis": "Rapat kelompok"}, "law_stays"),
        ("D01", {"standing": Standing.PRACTICE}, "law_stays"),
        ("D01", {"may_pause": True}, "law_runs_on"),
        ("D04", {"standing": Standing.LAW}, "not_law"),
        ("P01", {"limit": 100_000}, "out_of_range"),
        ("P01", {"unit": Unit.DAY_OF_YEAR, "limit": 229}, "not_a_day"),
        ("P01", {"basis": " "}, "basis_needed"),
        ("P01", {"steps": (Step(0, Anchor.DUE, ("bupati",)),)}, "unknown_role"),
        ("P01", {"steps": (Step(0, Anchor.DUE, ()),)}, "unknown_role"),
    ],
)
def test_what_a_rule_may_not_say(cast: Cast, code: str, changes: dict[str, object], error: str) -> None:
    with pytest.raises(Invalid, match=error):
        configure(cast.budi, code, cast.lentera, cast.now, **changes)


def test_whether_the_law_binds_a_group_is_its_to_settle(cast: Cast) -> None:
    """R2: whether a group is a community provider is a legal question."""
    assert rule_in_force("D01", cast.lentera.pk, on=DAY).binding == Binding.UNDECIDED
    assert configure(cast.budi, "D01", cast.lentera, cast.now, binding=Binding.YES, limit=48).binding == Binding.YES
    assert not configure(cast.budi, "D01", cast.lentera, cast.now, in_use=False).in_use


def test_an_unknown_code_and_no_reason_are_refused(cast: Cast) -> None:
    with pytest.raises(Invalid, match="unknown_code"):
        services.configure_rule(
            cast.budi.actor, "X01", organisation=cast.lentera, says=says("P01"), valid_from=DAY, reason="x",
            now=cast.now,
        )  # fmt: skip
    with pytest.raises(Invalid, match="reason_needed"):
        services.configure_rule(
            cast.budi.actor, "P01", organisation=cast.lentera, says=says("P01"), valid_from=DAY, reason=" ",
            now=cast.now,
        )  # fmt: skip


def test_everybody_reads_the_law_and_its_people_the_rest(cast: Cast) -> None:
    public = {rule.code for rule in rules_for(cast.publik.actor, cast.lentera, on=DAY)}
    assert "D01" in public
    assert not public & {"D03.1", "D03.2", "D04", "D27", "D28", "P01", "P02"}
    assert "P01" in {rule.code for rule in rules_for(cast.budi.actor, cast.lentera, on=DAY)}
    with pytest.raises(NotFound):
        rule_for(cast.hasan.actor, "P01", cast.lentera, on=DAY)


def test_periods_of_versions_never_overlap(cast: Cast) -> None:
    row = configure(cast.budi, "P01", cast.lentera, cast.now)
    row.pk = uuid7()
    with pytest.raises(Exception, match="deadlines_clockrule_one_at_a_time"):
        row.save(force_insert=True)


@audits(services.end_rule)
def test_a_standard_of_ones_own_ends_from_a_day_on(cast: Cast) -> None:
    configure(cast.budi, "D03.2", cast.lentera, cast.now, in_use=True)
    told = {"organisation": cast.lentera, "valid_from": LATER_DAY, "reason": "Rapat", "now": cast.now, "id": uuid7()}
    for _ in range(2):
        ended = services.end_rule(cast.budi.actor, "D03.2", **told)  # type: ignore[arg-type]
    place = cast.lentera.pk
    assert rule_in_force("D03.2", place, on=DAY).in_use
    assert not rule_in_force("D03.2", place, on=LATER_DAY).in_use
    assert ended.basis == "SK 301/2022"
    assert Act.objects.filter(act="deadlines.configure_rule", ref_id=ended.pk).count() == 1
    (last, _first) = decided_for(cast.budi.actor, cast.lentera)["D03.2"]
    assert (last, getattr(last, "who", None), last.reason) == (ended, "Budi", "Rapat")


@denies(services.end_rule)
@pytest.mark.parametrize("who", ["ani", "citra", "dewi", "hasan", "joko"])
def test_only_its_coordinator_ends_a_standard(cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        services.end_rule(
            cast.played[who].actor, "P01", organisation=cast.lentera, valid_from=DAY, reason="x", now=cast.now
        )
    with pytest.raises(Denied):
        decided_for(cast.played[who].actor, cast.lentera)


def test_nobody_ends_the_law(cast: Cast) -> None:
    for code, error in (("D01", Conflict), ("X99", Invalid)):
        with pytest.raises(error):
            services.end_rule(
                cast.budi.actor, code, organisation=cast.lentera, valid_from=DAY, reason="x", now=cast.now
            )
