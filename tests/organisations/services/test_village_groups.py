"""A village group is founded with all it has, or not at all."""

from datetime import date, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate
from simpul.organisations.models import BoardTerm, Division, Organisation
from simpul.organisations.services.village_groups import (
    NewBoard,
    NewDecree,
    add_division,
    begin_board_term,
    end_division,
    form_village_group,
    record_decree,
)
from simpul.records.models import known_at, true_on
from tests.factories.organisations import NOW, SYSTEM, TODAY, make_organisation, someone
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

DECREE = NewDecree("188.4/12/2025", date(2025, 1, 15), "Kepala Desa Masbagik Utara Baru")
BOARD = NewBoard(date(2025, 1, 15), women=14, men=10)
DIVISIONS = [LocalizedText(id=name) for name in ("Humas", "Ekonomi", "Pendataan")]
FOUNDED = PartialDate.parse("2025-01-10")


def form(**changes: object) -> Organisation:
    sent: dict[str, object] = {
        "name": "KK Lentera",
        "village": areas(MASBAGIK_UTARA_BARU)[0],
        "founded": FOUNDED,
        "decree": DECREE,
        "divisions": DIVISIONS,
        "board": BOARD,
        "now": NOW,
    }
    return form_village_group(SYSTEM, **{**sent, **changes})


@audits(form_village_group)
def test_form_village_group_with_all_it_has() -> None:
    key = uuid7()
    group = form(id=key)
    assert form(id=key) == group
    assert (group.kind, group.seat_id, str(group.founded)) == ("OT.K", MASBAGIK_UTARA_BARU, "2025-01-10")
    assert [str(d.name) for d in group.divisions.all()] == ["Humas", "Ekonomi", "Pendataan"]
    term = group.board_terms.get()
    assert (term.women, term.men, term.decree and term.decree.number) == (14, 10, "188.4/12/2025")
    details = Act.objects.get(act="organisations.form_village_group").details
    assert details == {"divisions": 3, "decree": True, "board": True}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"decree": NewDecree(" ", date(2025, 1, 15), "Kepala Desa")}, "decree_needed"),
        ({"board": NewBoard(date(2025, 1, 15), date(2025, 1, 15))}, "period_order"),
        ({"board": NewBoard(date(2025, 1, 15), women=-1)}, "not_a_count"),
        ({"name": ""}, "name_needed"),
    ],
)
def test_form_village_group_leaves_nothing_half_done(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        form(**changes)
    assert not Organisation.objects.exists()
    assert not Act.objects.exists()


def test_form_village_group_needs_a_village() -> None:
    with pytest.raises(Invalid, match="not_a_village"):
        form(village=areas("52.03")[0])


@audits(record_decree, add_division, end_division, begin_board_term)
def test_what_changes_afterwards_keeps_what_was() -> None:
    group = form()
    decree = record_decree(SYSTEM, group, decree=NewDecree("9/2026", TODAY, "Kepala Desa"), now=NOW)
    assert record_decree(SYSTEM, group, decree=NewDecree("9/2026", TODAY, "Kepala Desa"), now=NOW) == decree
    name = LocalizedText(id="Pengaduan & Pendampingan")
    division = add_division(SYSTEM, group, name=name, since=TODAY, now=NOW)
    assert add_division(SYSTEM, group, name=name, since=TODAY, now=NOW) == division
    ended = end_division(SYSTEM, division, until=TODAY + timedelta(days=30), now=NOW)
    assert end_division(SYSTEM, ended, until=TODAY + timedelta(days=30), now=NOW) == ended
    with pytest.raises(Invalid, match="period_order"):
        end_division(SYSTEM, ended, until=TODAY, now=NOW)
    assert Division.objects.filter(known_at(None), true_on(TODAY), organisation=group).count() == 4
    new = NewBoard(date(2028, 1, 15), date(2031, 1, 15), 12, 12)
    term = begin_board_term(SYSTEM, group, board=new, decree=decree, now=NOW)
    assert begin_board_term(SYSTEM, group, board=new, decree=decree, now=NOW) == term
    known = BoardTerm.objects.filter(known_at(None), organisation=group)
    assert list(known.values_list("valid_from", "valid_until")) == [
        (date(2025, 1, 15), date(2028, 1, 15)),
        (date(2028, 1, 15), date(2031, 1, 15)),
    ]
    with pytest.raises(Conflict, match="terms_overlap"):
        begin_board_term(SYSTEM, group, board=NewBoard(date(2030, 1, 1)), now=NOW)
    with pytest.raises(Invalid, match="unknown_choice"):
        begin_board_term(SYSTEM, make_organisation(), board=new, decree=decree, now=NOW)
    done = Act.objects.values_list("act", flat=True)
    for verb in ("record_decree", "add_division", "end_division", "begin_board_term"):
        assert list(done).count(f"organisations.{verb}") == 1


@denies(form_village_group, record_decree, add_division, end_division, begin_board_term)
def test_village_groups_are_for_who_may() -> None:
    group = form()
    outsider = someone(make_organisation(), "organisation.edit")
    with pytest.raises(Denied, match=r"organisation\.register"):
        form_village_group(outsider, name="X", village=areas(MASBAGIK_UTARA_BARU)[0], founded=FOUNDED, now=NOW)
    for act in (
        lambda: record_decree(outsider, group, decree=DECREE, now=NOW),
        lambda: add_division(outsider, group, name=DIVISIONS[0], since=TODAY, now=NOW),
        lambda: end_division(outsider, group.divisions.first(), until=TODAY, now=NOW),
        lambda: begin_board_term(outsider, group, board=BOARD, now=NOW),
    ):
        with pytest.raises(Denied, match=r"organisation\.edit"):
            act()
