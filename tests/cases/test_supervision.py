"""Figures for who accompanies a group: bands, never a case, and nothing of what is hidden from them."""

from datetime import timedelta

import pytest

from simpul.audit.models import Act
from simpul.cases.models import Referral, Satisfaction
from simpul.cases.queries.supervision import (
    Band,
    answering_of,
    as_of,
    band,
    faces_of,
    group_for,
    groups_for,
    workload_of,
)
from simpul.cases.services.complaint_decisions import decide_complaint
from simpul.cases.services.complaint_talk import answer_reporter, leave_with_trusted
from simpul.cases.services.helping import add_need, drop_need
from simpul.cases.services.progress import move_case, reopen_case
from simpul.cases.services.satisfaction import give_face
from simpul.cases.services.sight import assign_companion, exclude_person
from simpul.cases.stages import OPEN_STAGES
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import NOW as FIRST
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.factories.complaints import PUBLIC, SOCIAL, VILLAGE, complain, complain_with_receipt, works_in
from tests.factories.referrals import make_office, make_referral
from tests.marks import audits, denies

LATER = NOW + timedelta(days=10)


def test_numbers_are_told_in_bands_of_five() -> None:
    told = [(band(n).least, band(n).most) for n in (0, 1, 4, 5, 9, 10, 24)]
    assert told == [(0, 4), (0, 4), (0, 4), (5, 9), (5, 9), (10, 14), (20, 24)]


def test_a_supervisor_reads_the_groups_they_accompany_and_nobody_else_does(cast: Cast) -> None:
    assert list(groups_for(cast.kartika.actor)) == [cast.lentera]
    assert list(groups_for(cast.budi.actor)) == [cast.lentera]
    for name in ("ani", "hasan", "dewi", "joko", "citra", "publik"):
        assert not groups_for(cast.played[name].actor)
        with pytest.raises(NotFound):
            group_for(cast.played[name].actor, cast.lentera.pk)
    with pytest.raises(NotFound):
        group_for(cast.kartika.actor, cast.other_group.pk)


def test_the_workload_counts_what_is_open_late_and_without_a_companion(cast: Cast) -> None:
    assert cast.ani.person
    cases = [make_case(cast.lentera, types=["K.F"] if n % 2 else ["AD.1"]) for n in range(12)]
    for case in cases[:6]:
        assign_companion(MAKER, case, cast.ani.person, now=NOW)
        add_need(MAKER, victim_of(case), kind="SV.17", time_frame="days", now=NOW)
    for case in cases[6:11]:
        reopen_case(MAKER, move_case(MAKER, case, act="withdraw", now=NOW), reason="Datang lagi", now=NOW)
    found = workload_of(cast.kartika.actor, cast.lentera, now=LATER)
    assert (found.open, found.reopened, found.unassigned) == (Band(10), Band(5), Band(5))
    assert found.by_companion == [("Ani", Band(5)), ("Budi", Band(0))]
    assert set(found.ages) == set(OPEN_STAGES)
    assert found.ages["received"] == [Band(5), Band(0), Band(0), Band(0)]
    assert found.ages["assessment"] == [Band(5), Band(0), Band(0), Band(0)]
    assert found.ages["referred"] == [Band(0)] * 4
    assert found.overdue == Band(5)


def test_a_case_opened_again_several_times_is_one(cast: Cast) -> None:
    case = make_case(cast.lentera)
    for _ in range(6):
        case = reopen_case(MAKER, move_case(MAKER, case, act="withdraw", now=NOW), reason="Lagi", now=NOW)
    assert workload_of(cast.kartika.actor, cast.lentera, now=LATER).reopened == Band(0)


def test_from_one_day_to_the_next_no_figure_tells_a_step(cast: Cast) -> None:
    """The fifth case, the first one that is late, the one that is settled, assigned or ended: all wait for Monday."""
    assert cast.ani.person
    monday = as_of(LATER)
    cases = [make_case(cast.lentera) for _ in range(4)]
    for case in cases:
        add_need(MAKER, victim_of(case), kind="SV.17", time_frame="days", now=NOW)
    before = workload_of(cast.kartika.actor, cast.lentera, now=monday)
    during = monday + timedelta(days=1)
    fifth = make_case(cast.lentera, now=during)
    assign_companion(MAKER, fifth, cast.ani.person, now=during)
    assert workload_of(cast.kartika.actor, cast.lentera, now=monday + timedelta(days=6)) == before
    next_week = workload_of(cast.kartika.actor, cast.lentera, now=monday + timedelta(days=7))
    assert (before.open, next_week.open) == (Band(0), Band(5))
    again = monday + timedelta(days=8)
    for case in cases:
        for need in case.needs.all():
            drop_need(MAKER, need, now=again)
        move_case(MAKER, case, act="withdraw", now=again)
    assert workload_of(cast.kartika.actor, cast.lentera, now=monday + timedelta(days=13)) == next_week
    after = workload_of(cast.kartika.actor, cast.lentera, now=monday + timedelta(days=14))
    assert after.open == Band(0)


def test_what_is_hidden_from_somebody_is_in_none_of_their_figures(cast: Cast) -> None:
    assert cast.kartika.person
    case = make_case(cast.lentera, types=["K.S"], hide_from=[cast.kartika.person])
    make_referral(cast, case=case)
    reopen_case(MAKER, move_case(MAKER, case, act="withdraw", now=NOW), reason="x", now=NOW)
    for _ in range(4):
        make_case(cast.lentera)
    assert workload_of(cast.kartika.actor, cast.lentera, now=LATER).open == Band(0)
    assert answering_of(cast.kartika.actor, cast.lentera, now=LATER) == []
    assert workload_of(cast.budi.actor, cast.lentera, now=LATER).open == Band(5)
    other = make_case(cast.lentera)
    assert workload_of(cast.kartika.actor, cast.lentera, now=LATER).open == Band(5)
    exclude_person(MAKER, other, cast.kartika.person, now=NOW)
    assert workload_of(cast.kartika.actor, cast.lentera, now=LATER).open == Band(0)


def test_complaints_about_the_group_are_counted_for_who_answers_them(cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    for _ in range(5):
        complain(SOCIAL, about="group")
    assert workload_of(cast.kartika.actor, cast.lentera, now=LATER).complaints == Band(5)
    assert workload_of(cast.budi.actor, cast.lentera, now=LATER).complaints == Band(0)


def test_an_office_is_judged_by_a_crowd_of_answers_alone(cast: Cast) -> None:
    office = make_office(cast)
    made = [make_referral(cast, office=office) for _ in range(4)]
    assert answering_of(cast.kartika.actor, cast.lentera, now=LATER) == []
    made.append(make_referral(cast, office=office))
    (row,) = answering_of(cast.kartika.actor, cast.lentera, now=LATER)
    assert (row.office, row.sent, row.unanswered, row.days) == (office.name, Band(5), Band(5), None)
    for referral in made:
        Referral.objects.filter(pk=referral.pk).update(answered_at=NOW + timedelta(days=2, hours=7))
    (row,) = answering_of(cast.kartika.actor, cast.lentera, now=LATER)
    assert (row.unanswered, row.days) == (Band(0), 2)


def answered(cast: Cast) -> tuple[str, object]:
    complaint, digits, secret = complain_with_receipt()
    answer_reporter(cast.budi.actor, complaint, id=uuid7(), words="Kami bantu.", now=FIRST)
    return digits, secret


@audits(give_face)
def test_a_face_is_given_once_for_each_receipt_and_changed_with_it(cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    digits, secret = answered(cast)
    for face in (1, 3):
        give_face(PUBLIC, secret, receipt=digits, face=face, now=FIRST)  # type: ignore[arg-type]
    kept = Satisfaction.objects.get()
    assert (kept.face, kept.handler, str(kept.quarter)) == (3, cast.lentera, "2025-01-01")
    assert kept.pk.version == 4
    assert digits not in str(Satisfaction.objects.values())
    acts = Act.objects.filter(act="cases.give_face")
    assert [(a.details, a.user_id) for a in acts] == [({}, None), ({}, None)]
    with pytest.raises(Invalid):
        give_face(PUBLIC, secret, receipt=digits, face=4, now=FIRST)  # type: ignore[arg-type]


@denies(give_face)
def test_a_face_needs_an_answer_and_the_receipt_itself(cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    complaint, digits, secret = complain_with_receipt()
    with pytest.raises(Conflict):
        give_face(PUBLIC, secret, receipt=digits, face=3, now=FIRST)
    decide_complaint(cast.budi.actor, complaint, id=uuid7(), verdict="upheld", words="Ya.", now=FIRST)
    with pytest.raises(NotFound):
        give_face(PUBLIC, secret, receipt="0" * 16, face=3, now=FIRST)
    trusted = leave_with_trusted(PUBLIC, secret, now=FIRST)
    left = complaint.secrets.get(kind="trusted")
    with pytest.raises(NotFound):
        give_face(PUBLIC, left, receipt=trusted, face=3, now=FIRST)
    assert not Satisfaction.objects.exists()


def test_faces_are_told_of_a_crowd_and_of_quarters_that_are_over(cast: Cast) -> None:
    for face in (3, 3, 3, 2):
        Satisfaction.objects.create(handler=cast.lentera, quarter=FIRST.date().replace(month=1, day=1), face=face)
    spring = FIRST + timedelta(days=80)
    assert faces_of(cast.lentera, now=spring).shares is None
    Satisfaction.objects.create(handler=cast.lentera, quarter=FIRST.date().replace(month=1, day=1), face=1)
    assert faces_of(cast.lentera, now=spring).shares == {3: 60, 2: 20, 1: 20}
    assert faces_of(cast.lentera, now=FIRST).shares is None
