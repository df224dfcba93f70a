from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, Member, Reach, ResolvedGrant, System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.territory.models import Crosswalk
from simpul.territory.queries import Successor, crosswalks, successors
from simpul.territory.services import add_crosswalk, correct_crosswalk, withdraw_crosswalk
from tests.factories.territory import areas
from tests.marks import audits, denies
from tests.territory.conftest import NOW

OPERATOR = System("tests")
KESIK, PAOKMOTONG, DANGER, LENDANG = "52.03.05.2001", "52.03.05.2002", "52.03.05.2006", "52.03.05.2007"
LATER = date(2027, 6, 1)


def enter(old: str, new: str, day: date = date(2026, 1, 1), kind: str = "split", **more: object) -> Crosswalk:
    return add_crosswalk(OPERATOR, old, new_code=new, valid_from=day, kind=kind, basis="Perda 3/2025", now=NOW, **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _areas(db: None) -> None:
    areas(KESIK, PAOKMOTONG, DANGER, LENDANG)


def test_successors_of_an_area_nothing_happened_to_is_itself() -> None:
    assert successors(KESIK, on=LATER) == (Successor(KESIK),)


def test_successors_of_a_split_before_and_after_its_day() -> None:
    enter(KESIK, KESIK, share=Decimal("0.6"))
    enter(KESIK, DANGER, share=Decimal("0.4"))
    assert successors(KESIK, on=date(2025, 12, 31)) == (Successor(KESIK),)
    assert successors(KESIK, on=date(2026, 1, 1)) == (
        Successor(KESIK, Decimal("0.6")),
        Successor(DANGER, Decimal("0.4")),
    )


def test_successors_follow_later_changes_in_the_order_of_time() -> None:
    enter("52.03.05.2099", KESIK, date(2026, 1, 1), "recode")
    enter(KESIK, PAOKMOTONG, date(2026, 6, 1), share=Decimal("0.5"))
    enter(KESIK, DANGER, date(2026, 6, 1), share=Decimal("0.5"))
    enter(DANGER, PAOKMOTONG, date(2027, 1, 1), "merge")
    assert successors("52.03.05.2099", on=LATER) == (Successor(PAOKMOTONG, Decimal(1)),)
    assert [s.code for s in successors("52.03.05.2099", on=date(2026, 7, 1))] == [PAOKMOTONG, DANGER]


def test_successors_of_areas_that_went_back_and_forth_end() -> None:
    enter(KESIK, DANGER, date(2026, 1, 1), "merge")
    enter(DANGER, KESIK, date(2026, 6, 1), "recode")
    assert successors(KESIK, on=LATER) == (Successor(KESIK, Decimal(1)),)


def test_successors_without_shares_know_none() -> None:
    enter(KESIK, PAOKMOTONG)
    enter(KESIK, DANGER)
    assert successors(KESIK, on=LATER) == (Successor(PAOKMOTONG, None), Successor(DANGER, None))


def test_correct_crosswalk_appends_and_earlier_knowledge_stays() -> None:
    wrong = enter(KESIK, DANGER, kind="recode")
    right = correct_crosswalk(
        OPERATOR,
        wrong,
        new_code=LENDANG,
        valid_from=wrong.valid_from,
        kind="recode",
        basis="Perda 3/2025, ralat",
        now=NOW + timedelta(days=9),
    )
    assert right.corrects == wrong
    assert [c.pk for c in crosswalks()] == [right.pk]
    assert successors(KESIK, on=LATER) == (Successor(LENDANG, Decimal(1)),)
    assert successors(KESIK, on=LATER, known=NOW + timedelta(days=1)) == (Successor(DANGER, Decimal(1)),)
    with pytest.raises(Conflict, match="corrected_meanwhile"):
        correct_crosswalk(
            OPERATOR, wrong, new_code=KESIK, valid_from=wrong.valid_from, kind="rename", basis="x", now=NOW
        )


def test_withdraw_crosswalk_twice_is_once() -> None:
    row = enter(KESIK, DANGER, kind="recode")
    first = withdraw_crosswalk(OPERATOR, row, now=NOW).superseded_at
    assert withdraw_crosswalk(OPERATOR, row, now=NOW + timedelta(days=1)).superseded_at == first
    assert successors(KESIK, on=LATER) == (Successor(KESIK),)


def test_a_crosswalk_can_not_be_changed_or_deleted_behind_the_services() -> None:
    row = enter(KESIK, DANGER, kind="recode")
    with pytest.raises(IntegrityError), transaction.atomic():
        Crosswalk.objects.filter(pk=row.pk).update(new_id=LENDANG)
    with pytest.raises(IntegrityError), transaction.atomic():
        Crosswalk.objects.filter(pk=row.pk).delete()


@pytest.mark.parametrize(
    ("old", "new", "more", "code"),
    [
        ("52.03.05.20", DANGER, {}, "not_a_code"),
        ("", DANGER, {}, "not_a_code"),
        (KESIK, "52.03.05.2999", {}, "unknown_area"),
        (KESIK, "52.03.05", {}, "different_level"),
        (KESIK, DANGER, {"kind": "vanished"}, "unknown_kind"),
        (KESIK, KESIK, {"kind": "recode"}, "same_code"),
        (KESIK, DANGER, {"share": Decimal(0)}, "share_out_of_range"),
        (KESIK, DANGER, {"share": Decimal("1.1")}, "share_out_of_range"),
    ],
)
def test_add_crosswalk_refuses_what_can_not_be(old: str, new: str, more: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        enter(old, new, **more)  # type: ignore[arg-type]
    assert not Crosswalk.objects.exists()


def test_add_crosswalk_refuses_shares_beyond_the_whole() -> None:
    enter(KESIK, PAOKMOTONG, share=Decimal("0.7"))
    with pytest.raises(Invalid, match="shares_exceed_one"):
        enter(KESIK, DANGER, share=Decimal("0.4"))


def test_add_crosswalk_again_is_the_same_row_by_id_and_a_conflict_without() -> None:
    key = uuid7()
    assert enter(KESIK, DANGER, id=key) == enter(KESIK, DANGER, id=key)
    with pytest.raises(Conflict, match="already_entered"):
        enter(KESIK, DANGER)
    assert Crosswalk.objects.count() == 1


@denies(add_crosswalk, correct_crosswalk, withdraw_crosswalk)
def test_crosswalks_are_for_who_keeps_the_whole_territory() -> None:
    row = enter(KESIK, DANGER)
    here = ResolvedGrant("operator", uuid7(), None, {"territory.manage": Reach.OWN})
    for actor in (Anonymous(), Member(uuid7(), uuid7()), Member(uuid7(), uuid7(), (here,))):
        with pytest.raises(Denied):
            add_crosswalk(actor, KESIK, new_code=LENDANG, valid_from=LATER, kind="split", basis="x", now=NOW)
        with pytest.raises(Denied):
            correct_crosswalk(actor, row, new_code=LENDANG, valid_from=LATER, kind="split", basis="x", now=NOW)
        with pytest.raises(Denied):
            withdraw_crosswalk(actor, row, now=NOW)


@audits(add_crosswalk, correct_crosswalk, withdraw_crosswalk)
def test_crosswalks_leave_their_acts() -> None:
    row = enter(KESIK, DANGER)
    other = correct_crosswalk(OPERATOR, row, new_code=LENDANG, valid_from=LATER, kind="split", basis="x", now=NOW)
    withdraw_crosswalk(OPERATOR, other, now=NOW)
    acts = Act.objects.order_by("id").values_list("act", "ref_id")
    assert list(acts) == [
        ("territory.add_crosswalk", row.pk),
        ("territory.correct_crosswalk", other.pk),
        ("territory.withdraw_crosswalk", other.pk),
    ]
