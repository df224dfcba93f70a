"""An import from its file to its end: who may, what is left where it stops, what is written and taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import DatabaseError, OperationalError

from simpul.audit.models import Act
from simpul.interop.limits import KEPT, UNDOABLE
from simpul.interop.models import ColumnMemory, Decision, ImportBatch, ImportRow, Outcome, RowState, State
from simpul.interop.queries import cells_of, count_rows, earlier_with, import_for, imports_for
from simpul.interop.reading import read_book
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.checking import check_rows, mend_row
from simpul.interop.services.deciding import confirm_import, decide_all, decide_row
from simpul.interop.services.looking import look_at_import
from simpul.interop.services.staging import choose_table, drop_expired, drop_import, map_columns, receive_import
from simpul.interop.services.teaching import teach_words
from simpul.interop.services.undoing import undo_import, undo_rows
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound, SimpulError
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.services.profiles import change_profile
from tests.cast import Cast
from tests.factories.imports import NOW, checked, received
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
HEADS = ("Nama", "Jenis", "Kab/Kota", "HP")
NEW = ("Yayasan Baru Sekali", "Yayasan", "", "081234567890")
WRONG = ("Tanpa Jenis", "", "", "")
TWIN = ("Pusat Riset Contoh", "Yayasan", "", "0376 21234")


def dewis(cast: Cast, *rows: tuple[str, ...]) -> ImportBatch:
    """Checked, for her network."""
    options = {"network": str(cast.network.pk)}
    return checked(cast.dewi.actor, HEADS, *(rows or (NEW,)), organisation_id=cast.network.pk, options=options)


def confirmed(cast: Cast, *rows: tuple[str, ...]) -> ImportBatch:
    return confirm_import(cast.dewi.actor, dewis(cast, *rows), now=NOW)


def done(cast: Cast, *rows: tuple[str, ...]) -> ImportBatch:
    batch = confirmed(cast, *rows)
    while apply_rows(cast.dewi.actor, batch, now=NOW):
        pass
    return batch


def acts() -> list[str]:
    return list(Act.objects.order_by("id").values_list("act", flat=True))


def row_in(batch: ImportBatch, state: str) -> ImportRow:
    return ImportRow.objects.get(batch=batch, state=state, number__gt=1)


def entered(*names: str) -> list[str]:
    return sorted(Organisation.objects.filter(name__in=names).values_list("name", flat=True))


# Who may


@denies(receive_import)
def test_nobody_imports_for_an_organisation_where_they_hold_no_such_role(cast: Cast) -> None:
    for key in ("ani", "budi", "eko", "hasan", "publik"):
        with pytest.raises(Denied):
            received(getattr(cast, key).actor, HEADS, NEW, organisation_id=cast.network.pk)
    with pytest.raises(Denied):
        received(cast.dewi.actor, HEADS, NEW, organisation_id=cast.support.pk)
    assert not ImportBatch.objects.exists()


ON_A_BATCH: list[Callable[..., Any]] = [
    lambda actor, batch: choose_table(actor, batch, sheet=0, header_row=1, header_depth=1),
    lambda actor, batch: map_columns(actor, batch, mapping={0: "name"}, options={}, now=NOW),
    lambda actor, batch: check_rows(actor, batch, now=NOW),
    lambda actor, batch: mend_row(actor, row_in(batch, RowState.FAULTY), cells={1: "Yayasan"}, now=NOW),
    lambda actor, batch: decide_row(actor, row_in(batch, RowState.ALIKE), decision=Decision.SKIP),
    lambda actor, batch: decide_all(actor, batch, decision=Decision.SKIP),
    lambda actor, batch: confirm_import(actor, batch, now=NOW),
    lambda actor, batch: apply_rows(actor, batch, now=NOW),
    lambda actor, batch: undo_import(actor, batch, now=NOW),
    lambda actor, batch: undo_rows(actor, batch, now=NOW),
    drop_import,
    lambda actor, batch: drop_expired(actor, now=NOW + KEPT + KEPT),
]


@denies(choose_table, map_columns, check_rows, mend_row, decide_row, decide_all, confirm_import, apply_rows)
@denies(undo_import, undo_rows, drop_import, drop_expired)
@pytest.mark.parametrize("key", ["budi", "joko", "publik"])
@pytest.mark.parametrize("act", ON_A_BATCH)
def test_an_import_is_out_of_sight_elsewhere(cast: Cast, act: Callable[..., Any], key: str) -> None:
    batch = dewis(cast, NEW, WRONG, TWIN)
    with pytest.raises(NotFound):
        act(getattr(cast, key).actor, batch)
    assert ImportBatch.objects.get(pk=batch.pk).state == State.REVIEW


def test_an_import_is_seen_by_the_importer_and_their_house_alone(cast: Cast) -> None:
    batch = dewis(cast)
    assert [p.key for p in cast if imports_for(p.actor).exists()] == ["dewi"]
    with pytest.raises(NotFound):
        import_for(cast.joko.actor, batch.pk)


# Coming in


@audits(receive_import)
def test_a_file_is_put_aside_sealed_and_nothing_is_entered(cast: Cast) -> None:
    before = Organisation.objects.count()
    batch = received(cast.dewi.actor, HEADS, NEW, organisation_id=cast.network.pk)
    assert (batch.state, batch.places) == (State.MAPPING, {0: "name", 1: "kind", 2: "regency", 3: "phone"})
    assert Organisation.objects.count() == before
    kept = ImportRow.objects.filter(batch=batch).values_list("cells", flat=True)
    assert [str(cells) for cells in kept] == ["<sealed>", "<sealed>"]
    assert acts() == ["interop.receive_import"]


def test_a_form_sent_twice_is_one_import(cast: Cast) -> None:
    key = uuid7()
    first, second = (_received_as(cast, key) for _ in range(2))
    assert first.pk == second.pk
    assert ImportRow.objects.count() == 2


def _received_as(cast: Cast, key: UUID) -> ImportBatch:
    return receive_import(
        cast.dewi.actor,
        recipe="organisations",
        organisation_id=cast.network.pk,
        file_name="a.csv",
        book=read_book(b"Nama;Jenis\nSatu;Yayasan\n"),
        sha256="0" * 64,
        now=NOW,
        id=key,
    )


def test_a_full_disk_leaves_nothing_half_staged(cast: Cast) -> None:
    full = OperationalError("database or disk is full")
    with patch("simpul.interop.services.staging._stage", side_effect=full), pytest.raises(DatabaseError):
        received(cast.dewi.actor, HEADS, NEW, organisation_id=cast.network.pk)
    assert not ImportBatch.objects.exists()
    assert not ImportRow.objects.exists()


def test_a_file_of_heads_alone_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        received(cast.dewi.actor, HEADS, organisation_id=cast.network.pk)


def test_the_same_file_is_known_again_by_whoever_may_see_the_first(cast: Cast) -> None:
    first = received(cast.dewi.actor, HEADS, NEW, organisation_id=cast.network.pk)
    second = received(cast.dewi.actor, HEADS, NEW, organisation_id=cast.network.pk)
    assert earlier_with(cast.dewi.actor, second) == first
    jokos = received(cast.joko.actor, HEADS, NEW)
    assert earlier_with(cast.joko.actor, jokos) is None


# Naming


@audits(choose_table)
def test_another_row_of_names_may_be_chosen(cast: Cast) -> None:
    batch = received(cast.dewi.actor, ("Daftar", ""), HEADS, NEW, organisation_id=cast.network.pk)
    choose_table(cast.dewi.actor, batch, sheet=0, header_row=1, header_depth=1)
    assert batch.places == {}
    with pytest.raises(Invalid):
        choose_table(cast.dewi.actor, batch, sheet=0, header_row=3, header_depth=1)
    with pytest.raises(Invalid):
        choose_table(cast.dewi.actor, batch, sheet=7, header_row=1, header_depth=1)
    assert "interop.choose_table" in acts()


@audits(map_columns, check_rows)
def test_what_the_columns_mean_is_remembered_for_the_next_file(cast: Cast) -> None:
    odd = ("Sebutan", "Jenis")
    batch = received(cast.dewi.actor, odd, ("Yayasan Satu", "Yayasan"), organisation_id=cast.network.pk)
    assert batch.places == {1: "kind"}
    options = {"default_kind": "OT.T"}
    map_columns(cast.dewi.actor, batch, mapping={0: "name", 1: ""}, options=options, now=NOW)
    check_rows(cast.dewi.actor, batch, now=NOW)
    again = received(cast.dewi.actor, odd, ("Yayasan Dua", "Yayasan"), organisation_id=cast.network.pk)
    assert (again.places, again.options["default_kind"]) == ({0: "name"}, "OT.T")
    other = received(cast.dewi.actor, ("Kode", "Sebutan"), ("1", "Yayasan Tiga"), organisation_id=cast.network.pk)
    assert other.places == {1: "name"}
    assert "Sebutan" not in str(ColumnMemory.objects.values_list("mapping", "options"))
    assert acts()[:3] == ["interop.receive_import", "interop.map_columns", "interop.check_rows"]


@pytest.mark.parametrize("mapping", [{0: "kind"}, {0: "name", 1: "name"}, {0: "name", 1: "salary"}])
def test_columns_that_make_no_sense_are_refused(cast: Cast, mapping: dict[int, str]) -> None:
    batch = received(cast.dewi.actor, HEADS, NEW, organisation_id=cast.network.pk)
    with pytest.raises(Invalid) as refusal:
        map_columns(cast.dewi.actor, batch, mapping=mapping, options={}, now=NOW)
    assert str(refusal.value.message)


# Looking


def test_every_row_is_ready_or_says_what_is_wrong_or_what_it_resembles(cast: Cast) -> None:
    batch = dewis(cast, NEW, WRONG, TWIN, ("Yayasan Baru Skali", "Yayasan", "Entah", "abc"))
    states = {row.number: (row.state, row.faults, [t["key"] for t in row.twins]) for row in batch.rows.all()}
    assert states[2] == (RowState.READY, [], [])
    assert states[3] == (RowState.FAULTY, [["kind", "needed"]], [])
    assert states[4] == (RowState.ALIKE, [], [str(cast.support.ref)])
    assert states[5] == (RowState.FAULTY, [["phone", "not_a_phone"], ["regency", "unknown_area"]], [])


def test_a_row_that_repeats_another_of_its_file_is_told(cast: Cast) -> None:
    batch = dewis(cast, NEW, ("Yys. Baru Sekali", "Yayasan", "", ""))
    assert row_in(batch, RowState.ALIKE).twins[0]["key"] == "row:2"


def test_one_hidden_for_its_safety_is_no_ones_double(cast: Cast) -> None:
    make_organisation(name="Yayasan Tersembunyi", hidden=True)
    batch = dewis(cast, ("Yayasan Tersembunyi", "Yayasan", "", ""))
    assert count_rows(batch).states == {RowState.READY: 1}


def test_a_number_somebody_may_not_see_betrays_nobody(cast: Cast) -> None:
    group = make_organisation(name="Kelompok Konstituen Seruni", kind="OT.K")
    Organisation.objects.filter(pk=group.pk).update(phone="+6281234567890")
    assert count_rows(dewis(cast)).states == {RowState.READY: 1}


def test_a_check_that_was_killed_begins_again(cast: Cast) -> None:
    batch = received(cast.dewi.actor, HEADS, NEW, TWIN, organisation_id=cast.network.pk)
    map_columns(cast.dewi.actor, batch, mapping=dict(batch.places), options={}, now=NOW)
    killed = KeyboardInterrupt()

    def die(done: int) -> None:
        raise killed

    with pytest.raises(KeyboardInterrupt):
        check_rows(cast.dewi.actor, batch, now=NOW, progress=die)
    assert ImportBatch.objects.get(pk=batch.pk).state == State.CHECKING
    check_rows(cast.dewi.actor, batch, now=NOW)
    assert count_rows(batch).states == {RowState.READY: 1, RowState.ALIKE: 1}


@audits(mend_row)
def test_a_mended_row_is_looked_at_again(cast: Cast) -> None:
    batch = dewis(cast, NEW, WRONG)
    row = mend_row(cast.dewi.actor, row_in(batch, RowState.FAULTY), cells={1: "Komunitas"}, now=NOW)
    assert (row.state, list(cells_of(row))[:2]) == (RowState.READY, ["Tanpa Jenis", "Komunitas"])
    row = mend_row(cast.dewi.actor, row, cells={0: "Pusat Riset Contoh", 1: ""}, now=NOW)
    assert row.state == RowState.FAULTY
    row = mend_row(cast.dewi.actor, row, cells={1: "Yayasan"}, now=NOW)
    assert (row.state, row.twins[0]["key"]) == (RowState.ALIKE, str(cast.support.ref))
    assert acts().count("interop.mend_row") == 3


# Deciding


@audits(decide_row, decide_all)
def test_doubles_are_decided_one_by_one_or_all_alike(cast: Cast) -> None:
    batch = dewis(cast, TWIN, ("Pusat Riset  Contoh", "Yayasan", "", ""))
    first = batch.rows.get(number=2)
    decide_row(cast.dewi.actor, first, decision=Decision.MERGE, winning=["phone"])
    assert (first.into, first.winning) == (str(cast.support.ref), ["phone"])
    assert decide_all(cast.dewi.actor, batch, decision=Decision.NEW) == 1
    assert decide_all(cast.dewi.actor, batch, decision=Decision.NEW) == 0
    assert acts()[-3:] == ["interop.decide_row", "interop.decide_all", "interop.decide_all"]


@pytest.mark.parametrize(
    "wrong",
    [{"decision": "burn"}, {"decision": "merge", "into": "row:99"}, {"decision": "merge", "winning": ["salary"]}],
)
def test_a_decision_that_is_none_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    row = row_in(dewis(cast, TWIN), RowState.ALIKE)
    with pytest.raises(Invalid):
        decide_row(cast.dewi.actor, row, **wrong)


@audits(confirm_import)
def test_nothing_is_confirmed_while_doubles_wait_or_nothing_is_left(cast: Cast) -> None:
    batch = dewis(cast, NEW, TWIN)
    with pytest.raises(Conflict):
        confirm_import(cast.dewi.actor, batch, now=NOW)
    decide_all(cast.dewi.actor, batch, decision=Decision.SKIP)
    confirm_import(cast.dewi.actor, batch, now=NOW)
    assert confirm_import(cast.dewi.actor, batch, now=NOW).state == State.APPLYING
    assert acts().count("interop.confirm_import") == 1
    with pytest.raises(Conflict):
        confirm_import(cast.dewi.actor, dewis(cast, WRONG), now=NOW)


# Writing


@audits(apply_rows)
def test_rows_become_members_with_what_is_known_of_them(cast: Cast) -> None:
    batch = done(cast, NEW, WRONG)
    made = Organisation.objects.get(name="Yayasan Baru Sekali")
    assert (made.kind, made.phone) == ("OT.Y", "+6281234567890")
    assert Membership.objects.get(member=made).is_confirmed
    assert count_rows(batch).outcomes == {Outcome.WRITTEN: 1, Outcome.SKIPPED: 1}
    assert (batch.state, batch.rows.get(number=2).cells) == (State.DONE, None)
    assert acts()[-1] == "interop.apply_rows"


def test_a_worker_killed_between_two_batches_of_rows_writes_none_twice(cast: Cast) -> None:
    batch = confirmed(cast, *((f"Yayasan Nomor {n}", "Yayasan", "", "") for n in "ABCDE"))
    for row in batch.rows.filter(number__gt=1):
        row.decision = Decision.NEW
        row.save()
    assert apply_rows(cast.dewi.actor, batch, now=NOW, most=2) == 3
    with (
        patch("simpul.interop.services.applying.update_all", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        apply_rows(cast.dewi.actor, batch, now=NOW, most=2)
    assert Organisation.objects.filter(name__startswith="Yayasan Nomor").count() == 2
    assert apply_rows(cast.dewi.actor, batch, now=NOW) == 0
    assert Organisation.objects.filter(name__startswith="Yayasan Nomor").count() == 5
    with pytest.raises(Conflict):
        apply_rows(cast.dewi.actor, batch, now=NOW)


def test_a_full_disk_while_writing_undoes_the_rows_in_hand_and_keeps_the_rest(cast: Cast) -> None:
    batch = confirmed(cast, NEW, ("Perkumpulan Jauh Sekali", "Perkumpulan", "", ""))
    full = OperationalError("database or disk is full")
    with patch("simpul.interop.services.applying.audit.record", side_effect=full), pytest.raises(OperationalError):
        apply_rows(cast.dewi.actor, batch, now=NOW)
    assert entered("Yayasan Baru Sekali", "Perkumpulan Jauh Sekali") == []
    assert apply_rows(cast.dewi.actor, batch, now=NOW) == 0
    assert entered("Yayasan Baru Sekali", "Perkumpulan Jauh Sekali") == [
        "Perkumpulan Jauh Sekali",
        "Yayasan Baru Sekali",
    ]


def test_of_two_imports_of_one_list_the_second_is_told_what_the_first_entered(cast: Cast) -> None:
    first, second = confirmed(cast, NEW), confirmed(cast, NEW)
    apply_rows(cast.dewi.actor, first, now=NOW)
    apply_rows(cast.dewi.actor, second, now=NOW)
    row = second.rows.get(number=2)
    assert (row.outcome, row.made) == (Outcome.REFUSED, "")
    assert row.reason
    assert Organisation.objects.filter(name="Yayasan Baru Sekali").count() == 1


def test_a_double_that_was_told_apart_is_entered_beside(cast: Cast) -> None:
    batch = dewis(cast, TWIN)
    decide_all(cast.dewi.actor, batch, decision=Decision.NEW)
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    assert Organisation.objects.filter(name="Pusat Riset Contoh").count() == 2


def test_merging_fills_what_is_empty_and_replaces_what_was_chosen(cast: Cast) -> None:
    member = _member(cast, "Yayasan Lama Sekali", address="Jl. Lama", website="https://lama.id")
    heads = ("Nama", "Jenis", "Alamat", "Situs", "HP")
    row = ("Yayasan Lama Sekali", "Yayasan", "Jl. Baru", "baru.id", "081234567890")
    batch = checked(cast.dewi.actor, heads, row, organisation_id=cast.network.pk)
    decide_row(cast.dewi.actor, row_in(batch, RowState.ALIKE), decision="merge", winning=["website"])
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    member.refresh_from_db()
    assert (member.address, member.website, member.phone) == ("Jl. Lama", "https://baru.id", "+6281234567890")
    assert count_rows(batch).outcomes == {Outcome.MERGED: 1}


def _member(cast: Cast, name: str, **profile: str) -> Organisation:
    """Entered by an import of Dewi's, so that she keeps its entry."""
    done(cast, (name, "Yayasan", "", ""))
    made = Organisation.objects.get(name=name)
    return change_profile(cast.dewi.actor, made, changes=profile, seen_version=made.version, now=NOW)


def test_merging_into_an_entry_of_others_admits_it_and_changes_nothing_in_it(cast: Cast) -> None:
    batch = dewis(cast, TWIN)
    decide_all(cast.dewi.actor, batch, decision=Decision.MERGE)
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    cast.support.refresh_from_db()
    tie = Membership.objects.get(network=cast.network, member=cast.support)
    assert (cast.support.phone, tie.is_confirmed) == ("", False)


def test_a_row_merged_into_another_of_its_file_becomes_one_entry(cast: Cast) -> None:
    batch = dewis(cast, ("Yayasan Baru Sekali", "Yayasan", "", ""), ("Yys Baru Sekali", "Yayasan", "", "0376 21234"))
    decide_all(cast.dewi.actor, batch, decision=Decision.MERGE)
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    [made] = Organisation.objects.filter(name__contains="Baru Sekali")
    assert made.phone == "+6237621234"


def test_what_was_merged_into_a_row_of_its_file_is_taken_back_with_it(cast: Cast) -> None:
    before = Organisation.objects.count()
    batch = dewis(cast, ("Yayasan Baru Sekali", "Yayasan", "", ""), ("Yys Baru Sekali", "Yayasan", "", "0376 21234"))
    decide_all(cast.dewi.actor, batch, decision=Decision.MERGE)
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    undo_import(cast.dewi.actor, batch, now=NOW)
    assert undo_rows(cast.dewi.actor, batch, now=NOW) == 0
    assert count_rows(batch).outcomes == {Outcome.UNDONE: 2}
    assert Organisation.objects.count() == before


def test_rights_that_ended_meanwhile_stop_the_import(cast: Cast) -> None:
    batch = confirmed(cast)
    with pytest.raises(SimpulError):
        apply_rows(cast.gede.actor, batch, now=NOW)
    assert entered("Yayasan Baru Sekali") == []


# Taking back


@audits(undo_import, undo_rows)
def test_a_whole_import_is_taken_back(cast: Cast) -> None:
    before = set(Organisation.objects.values_list("pk", flat=True))
    batch = done(cast, NEW, ("Perkumpulan Jauh Sekali", "Perkumpulan", "", ""))
    undo_import(cast.dewi.actor, batch, now=NOW)
    assert undo_rows(cast.dewi.actor, batch, now=NOW, most=1) == 1
    assert undo_rows(cast.dewi.actor, batch, now=NOW) == 0
    assert set(Organisation.objects.values_list("pk", flat=True)) == before
    assert (batch.state, count_rows(batch).outcomes) == (State.UNDONE, {Outcome.UNDONE: 2})
    assert undo_import(cast.dewi.actor, batch, now=NOW).state == State.UNDONE
    assert acts()[-1] == "interop.undo_rows"


def test_what_somebody_changed_or_built_upon_stays_and_says_why(cast: Cast) -> None:
    batch = done(cast, NEW, ("Perkumpulan Jauh Sekali", "Perkumpulan", "", ""), ("Yayasan Ketiga Kali", "", "", ""))
    changed = Organisation.objects.get(name="Yayasan Baru Sekali")
    change_profile(cast.dewi.actor, changed, changes={"address": "Jl. X"}, seen_version=changed.version, now=NOW)
    built = Organisation.objects.get(name="Perkumpulan Jauh Sekali")
    Membership.objects.create(network=cast.forum, member=built, recorded_at=NOW)
    undo_import(cast.dewi.actor, batch, now=NOW)
    undo_rows(cast.dewi.actor, batch, now=NOW)
    kept = {row.number: bool(row.reason) for row in batch.rows.filter(outcome=Outcome.KEPT)}
    assert kept == {2: True, 3: True}
    assert entered("Yayasan Baru Sekali", "Perkumpulan Jauh Sekali", "Yayasan Ketiga Kali") == [
        "Perkumpulan Jauh Sekali",
        "Yayasan Baru Sekali",
    ]


def test_a_merge_is_taken_back_by_emptying_what_it_filled(cast: Cast) -> None:
    member = _member(cast, "Yayasan Lama Sekali", address="Jl. Lama")
    batch = dewis(cast, ("Yayasan Lama Sekali", "Yayasan", "", "081234567890"))
    decide_all(cast.dewi.actor, batch, decision=Decision.MERGE)
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    undo_import(cast.dewi.actor, batch, now=NOW)
    undo_rows(cast.dewi.actor, batch, now=NOW)
    member.refresh_from_db()
    assert (member.address, member.phone) == ("Jl. Lama", "")
    assert Membership.objects.filter(member=member, superseded_at=None).count() == 1


def test_after_thirty_days_an_import_stays(cast: Cast) -> None:
    batch = done(cast)
    with pytest.raises(Conflict):
        undo_import(cast.dewi.actor, batch, now=NOW + UNDOABLE + timedelta(minutes=1))
    assert entered("Yayasan Baru Sekali") == ["Yayasan Baru Sekali"]


# Throwing away


@audits(drop_import)
def test_a_file_is_thrown_away_until_it_is_confirmed(cast: Cast) -> None:
    batch = dewis(cast)
    drop_import(cast.dewi.actor, batch)
    assert not ImportRow.objects.exists()
    assert acts()[-1] == "interop.drop_import"
    with pytest.raises(Conflict):
        drop_import(cast.dewi.actor, confirmed(cast))


@audits(drop_expired)
def test_what_nobody_confirmed_is_dropped_after_seven_days(cast: Cast) -> None:
    waiting, finished = dewis(cast), done(cast, ("Yayasan Lain Sendiri", "Yayasan", "", ""), WRONG)
    later = NOW + KEPT + timedelta(minutes=1)
    assert drop_expired(System("imports"), now=NOW + KEPT - timedelta(minutes=1)) == 0
    assert drop_expired(System("imports"), now=later) == 1
    assert list(ImportBatch.objects.all()) == [finished]
    assert not ImportRow.objects.filter(cells__isnull=False).exists()
    assert not ImportBatch.objects.filter(pk=waiting.pk).exists()
    assert acts()[-1] == "interop.drop_expired"


# What is private


@denies(look_at_import)
def test_nobody_looks_at_what_is_out_of_sight(cast: Cast) -> None:
    with pytest.raises(NotFound):
        look_at_import(cast.ani.actor, dewis(cast).pk, now=NOW)


def test_a_look_at_what_is_not_private_changes_nothing(cast: Cast) -> None:
    batch = dewis(cast, TWIN)
    before = acts()
    assert look_at_import(cast.dewi.actor, batch.pk, now=NOW) == batch
    assert (bool(row_in(batch, RowState.ALIKE).twins), acts()) == (True, before)


@denies(teach_words)
def test_nobody_teaches_words_of_what_is_out_of_sight(cast: Cast) -> None:
    with pytest.raises(NotFound):
        teach_words(cast.ani.actor, dewis(cast), meanings={}, now=NOW)


@audits(teach_words)
def test_what_words_mean_is_said_before_the_rows_are_checked_anew(cast: Cast) -> None:
    batch = dewis(cast)
    teach_words(cast.dewi.actor, batch, meanings={}, now=NOW)
    assert (batch.state, acts()[-1]) == (State.CHECKING, "interop.teach_words")
    with pytest.raises(Invalid):
        teach_words(cast.dewi.actor, batch, meanings={"kind": {"0": "foundation"}}, now=NOW)
