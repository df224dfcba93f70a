"""Counts for releases: against a plain recount in Python, at every instant, on cases that go through their lives."""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise, product
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from simpul.cases import facts
from simpul.cases.erasing import wipe
from simpul.cases.facts import Unit
from simpul.cases.health import figures_follow_cases
from simpul.cases.models import Case, CountedVictim, Party
from simpul.cases.rights_kinds import Ground, age_band
from simpul.cases.services.consents import give_consent, withdraw_consent
from simpul.cases.services.parties import add_party, change_types, correct_party
from simpul.cases.services.progress import close_case, mark_duplicate, move_case, triage_case
from simpul.kernel.health import Level
from simpul.kernel.time import Period
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of, village

D = facts.Dimension
FAR = date(2099, 1, 1)
TYPES = ("K.F", "K.P", "K.S", "K.S.3", "PA.2", "AD.1", "AD.3", "JK.4", "LP")
Members = dict[tuple[str, ...], set[UUID]]
STEP = timedelta(days=3, hours=5)


@dataclass
class Truth:
    """What a plain reader of the records would write down after every act."""

    at: list[tuple[datetime, dict[UUID, dict[str, Any]]]] = field(default_factory=list)
    stays: list[tuple[datetime, str, str, int]] = field(default_factory=list)
    erased: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def note(self, now: datetime) -> None:
        rows = Party.objects.filter(role="victim").select_related("case").prefetch_related("types", "consents")
        told = {row.pk: _told(row) for row in rows}
        self.at.append((now, {**self.erased, **told}))

    def known(self, now: datetime) -> dict[UUID, dict[str, Any]]:
        return next(rows for at, rows in reversed(self.at) if at <= now)

    def counts(self, unit: Unit, by: tuple[D, ...], now: datetime) -> Counter[tuple[str, ...]]:
        members = self.members(unit, by, now)
        return Counter({cell: len(keys) for cell, keys in members.items()})

    def members(self, unit: Unit, by: tuple[D, ...], now: datetime) -> Members:
        found: Members = {}
        for key, told in self.known(now).items():
            if told["stage"] == "duplicate" or told["refused"]:
                continue
            for code in told["types"]:
                cell = tuple(_value(told, one, code) for one in by)
                found.setdefault(cell, set()).add(key if unit is Unit.VICTIMS else told["case"])
        return found


def _told(row: Party) -> dict[str, Any]:
    asked = list(row.consents.all())
    agreed = [c for c in asked if "aggregate" in c.purposes and not hasattr(c, "withdrawal")]
    return {
        "case": row.case_id, "area": row.case.area_id, "branch": row.case.branch, "stage": row.case.stage,
        "outcome": row.case.outcome, "month": row.case.received_on.isoformat()[:7],
        "ended": row.case.closed_on.isoformat()[:7] if row.case.closed_on else "",
        "sex": row.sex, "age": age_band(row.age_on(row.case.received_on)), "disability": row.disability,
        "types": [one.code for one in row.types.all()], "refused": bool(asked) and not agreed,
    }  # fmt: skip


def _value(told: dict[str, Any], one: D, code: str) -> str:
    if one in (D.TYPE, D.FORM, D.FAMILY):
        return {D.TYPE: code, D.FORM: ".".join(code.split(".")[:2]), D.FAMILY: code.partition(".")[0]}[one]
    if one in (D.PROVINCE, D.REGENCY, D.DISTRICT, D.VILLAGE):
        return str(told["area"][: {D.PROVINCE: 2, D.REGENCY: 5, D.DISTRICT: 8, D.VILLAGE: 13}[one]])
    return str(told[one.value])


@pytest.fixture
def truth(cast: Cast) -> Truth:
    """Some dozen cases, moved, corrected, agreed to, taken back, marked as the same and erased by a fixed chance."""
    found, chance, now = Truth(), random.Random(4), NOW
    made: list[UUID] = []
    for _turn in range(90):
        now += STEP
        _act(cast, found, chance, made, now)
        found.note(now)
    return found


def _act(cast: Cast, truth: Truth, chance: random.Random, made: list[UUID], now: datetime) -> None:
    kind = chance.choice(ACTS) if len(made) > 3 else "open"
    if kind == "open":
        victim = {"sex": chance.choice("LP"), "age_stated": chance.choice((None, 4, 15, 17, 30, 71)), "name": "A"}
        types = chance.sample(TYPES[:5] if chance.random() < 0.5 else TYPES[5:], 2)
        made.append(make_case(cast.lentera, types=types, victim=victim, now=now, received_at=now - STEP * 3).pk)
        return
    case = Case.objects.select_related("area", "owner_organisation").get(pk=chance.choice(made))
    party = case.parties.filter(role="victim").order_by("pk").first()
    assert party is not None
    if kind == "second":
        if case.parties.filter(role="victim").count() == 1 and case.is_open:
            add_party(MAKER, case, role="victim", details={"sex": "P", "age_stated": 9}, types=["K.N"], now=now)
        return
    {
        "correct": lambda: correct_party(
            MAKER, party, {"sex": chance.choice("LP"), "disability": "sensory"}, seen=party.version, now=now
        ),
        "birth": lambda: correct_party(
            MAKER, party, {"birth_date": date(chance.choice((1950, 2008, 2020)), 2, 3)}, seen=party.version, now=now
        ),
        "retype": lambda: change_types(MAKER, party, types=chance.sample(TYPES, 2), now=now),
        "agree": lambda: _agree(party, chance.random() < 0.5, now),
        "take back": lambda: [
            withdraw_consent(MAKER, one, capacity="self", now=now) for one in party.consents.filter(withdrawal=None)
        ],
        "move": lambda: _move(case, now),
        "same": lambda: _same(case, made, now),
        "erase": lambda: _erase(case, truth, made),
    }[kind]()


ACTS = (
    "open",
    "open",
    "second",
    "correct",
    "birth",
    "retype",
    "agree",
    "take back",
    "move",
    "move",
    "move",
    "move",
    "same",
    "erase",
)


def _agree(party: Party, counted: bool, now: datetime) -> None:
    purposes = ["record", "aggregate"] if counted else ["record"]
    give_consent(
        MAKER, party, capacity="guardian", given_by="Bibi", purposes=purposes, language="sas", manner="spoken",
        witness="S", expires_on=FAR, now=now,
    )  # fmt: skip


def _move(case: Case, now: datetime) -> None:
    if case.stage == "received":
        triage_case(MAKER, case, risk="RK.R", authority="village", now=now)
    elif case.stage == "triage":
        move_case(MAKER, case, act="assist", now=now)
    elif case.is_open:
        close_case(MAKER, case, outcome="met", now=now)


def _same(case: Case, made: list[UUID], now: datetime) -> None:
    other = Case.objects.get(pk=made[0])
    if case.is_open and other.pk != case.pk and other.duplicate_of_id is None and not case.duplicates.exists():
        mark_duplicate(MAKER, case, of=other, now=now)


def _erase(case: Case, truth: Truth, made: list[UUID]) -> None:
    if len(made) < 8 or case.duplicates.exists() or case.pk == made[0]:
        return
    truth.erased |= {row.pk: _told(row) for row in case.parties.filter(role="victim").select_related("case")}
    wipe(case, Ground.ASKED)
    made.remove(case.pk)


CELLS = [
    (),
    (D.VILLAGE,),
    (D.PROVINCE, D.FAMILY),
    (D.REGENCY, D.FORM, D.SEX),
    (D.DISTRICT, D.BRANCH, D.STAGE, D.OUTCOME, D.ENDED),
    facts.FINEST,
]


@pytest.mark.django_db
def test_counts_and_changes_agree_with_a_plain_recount(truth: Truth) -> None:
    instants = [at for at, _rows in truth.at][4::17]
    assert len(instants) > 4
    for by, unit in product(CELLS, Unit):
        for since, until in pairwise(instants):
            assert _counted(facts.counts(unit, by, until=until)) == truth.counts(unit, by, until)
            told = {one.cell: (one.came, one.gone) for one in facts.changes(unit, by, since=since, until=until)}
            assert told == _moved(truth.members(unit, by, since), truth.members(unit, by, until))


def _moved(before: Members, after: Members) -> dict[tuple[str, ...], tuple[int, int]]:
    sides = {cell: (after.get(cell, set()), before.get(cell, set())) for cell in {*before, *after}}
    return {cell: (len(now - then), len(then - now)) for cell, (now, then) in sides.items() if now != then}


def _counted(found: Iterator[facts.Counted]) -> Counter[tuple[str, ...]]:
    rows = list(found)
    assert len({row.cell for row in rows}) == len(rows)
    assert all(row.gone == 0 and row.came > 0 for row in rows)
    return Counter({row.cell: row.came for row in rows})


@pytest.mark.django_db
def test_the_chance_met_everything_it_is_about(truth: Truth) -> None:
    assert truth.erased
    last = truth.known(truth.at[-1][0]).values()
    assert {told["stage"] for told in last} >= {"received", "duplicate", "closed"}
    assert any(told["refused"] for told in last)
    assert any(len(told["types"]) > 1 for told in last)


@pytest.mark.django_db
def test_a_closed_period_is_counted_the_same_ever_after(cast: Cast) -> None:
    closing = NOW + timedelta(days=40)
    case = make_case(cast.lentera, types=["K.F"], victim={"sex": "P", "age_stated": 30})
    before = list(facts.counts(Unit.VICTIMS, facts.FINEST, until=closing))
    later = closing + timedelta(days=1)
    correct_party(MAKER, victim_of(case), {"sex": "L"}, seen=1, now=later)
    wipe(Case.objects.get(pk=case.pk), Ground.RETENTION)
    assert list(facts.counts(Unit.VICTIMS, facts.FINEST, until=closing)) == before
    assert {one.cell[0]: (one.came, one.gone) for one in facts.changes(
        Unit.VICTIMS, (D.SEX,), since=closing, until=later)} == {"L": (1, 0), "P": (0, 1)}  # fmt: skip
    assert list(facts.counts(Unit.VICTIMS, (D.SEX,), until=later)) == [facts.Counted(("L",), 1)]


@pytest.mark.django_db
def test_periods_and_areas_narrow_a_count(cast: Cast) -> None:
    make_case(cast.lentera, now=NOW)
    make_case(cast.lentera, now=NOW + timedelta(days=40), area=village("52.03.05.2009"))
    late = NOW + timedelta(days=99)
    march = Period(date(2025, 3, 1), date(2025, 4, 1))
    assert list(facts.counts(Unit.CASES, (D.MONTH,), until=late, reported=march)) == [facts.Counted(("2025-03",), 1)]
    assert [one.came for one in facts.counts(Unit.CASES, (), until=late, within="52.03.05")] == [2]
    assert [one.came for one in facts.counts(Unit.CASES, (), until=late, within="52.03.05.2009")] == [1]
    assert list(facts.counts(Unit.CASES, (), until=late, within="52.01")) == []


@pytest.mark.django_db
def test_time_in_a_stage_is_counted_by_bands(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"])
    add_party(MAKER, case, role="victim", details={}, types=["K.P"], now=NOW)
    fresh = lambda: Case.objects.select_related("area", "owner_organisation").get(pk=case.pk)  # noqa: E731
    triage_case(MAKER, fresh(), risk="RK.T", authority="village", now=NOW + timedelta(days=8))
    move_case(MAKER, fresh(), act="assist", now=NOW + timedelta(days=8, hours=1))
    until = NOW + timedelta(days=40)
    told = list(facts.stays((D.STAGE, D.WAITED, D.MONTH), until=until))
    assert told == [
        facts.Counted(("received", "7-29", "2025-03"), 1),
        facts.Counted(("triage", "0-6", "2025-03"), 1),
    ]
    assert list(facts.stays((), until=until, ended=Period(date(2025, 4, 1)))) == []
    standing = list(facts.counts(Unit.CASES, (D.STAGE, D.WAITED), until=until))
    assert standing == [facts.Counted(("assisting", "30-89"), 1)]
    with pytest.raises(ValueError, match="one of a case"):
        list(facts.stays((D.SEX,), until=until))
    with pytest.raises(ValueError, match="nothing that changes"):
        list(facts.changes(Unit.CASES, (D.WAITED,), since=NOW, until=until))


@pytest.mark.django_db
def test_a_count_is_one_statement_however_many_there_are(cast: Cast) -> None:
    for _turn in range(6):
        make_case(cast.lentera)
    for asked in (
        lambda: facts.counts(Unit.VICTIMS, facts.FINEST, until=NOW),
        lambda: facts.changes(Unit.VICTIMS, facts.FINEST, since=NOW - STEP, until=NOW),
        lambda: facts.stays((D.STAGE,), until=NOW),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked_of:
            list(asked())
        assert len(asked_of) == 1


@pytest.mark.django_db
def test_what_figures_knew_is_never_changed(cast: Cast) -> None:
    make_case(cast.lentera)
    for change in (lambda: CountedVictim.objects.update(sex="L"), lambda: CountedVictim.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_the_probe_sees_a_case_that_figures_lost(cast: Cast) -> None:
    case = make_case(cast.lentera, victim={"sex": "P"})
    assert [one.level for one in figures_follow_cases(NOW)] == [Level.OK]
    Party.objects.filter(case=case).update(sex="L")
    assert [one.level for one in figures_follow_cases(NOW)] == [Level.FAIL]


def test_r10_no_page_and_no_program_interface_loads_the_counts() -> None:
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; "
        "get_resolver().url_patterns; import simpul.api.v1; assert 'simpul.cases.facts' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
