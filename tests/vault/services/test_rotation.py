"""Keys are rotated while people work, and a rotation killed anywhere goes on where it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, Member, System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.vault.blind import blind_match, keyed_digests
from simpul.vault.errors import Tampered, VaultError
from simpul.vault.models import KnownKey
from simpul.vault.queries import ring_mismatches, ring_status, uses
from simpul.vault.ring import Key, KeyRing
from simpul.vault.ringfile import current_ring, replace_ring, ring_lock
from simpul.vault.services import confirm_ring, forget_key, rotate_keys
from tests.marks import audits, denies
from tests.racing import at_once
from tests.vault.safes import REGISTRY, Locker, Safe

NOW = datetime(2025, 2, 7, tzinfo=UTC)
SYSTEM = System("keys")


def rotate(**more: Any) -> Any:
    return rotate_keys(SYSTEM, now=NOW, registry=REGISTRY, batch=2, **more)


def fill(rows: int = 5) -> None:
    Safe._base_manager.bulk_create([Safe(name=f"name {n}", phone="0812", answers={"n": n}) for n in range(rows)])
    Locker._base_manager.bulk_create([Locker(code=f"code{n}") for n in range(rows)])


def all_is_well(rows: int, key_id: str) -> None:
    """Everything opens, everything is found, and nothing needs another key."""
    assert sorted(s.name.open() for s in Safe._base_manager.all()) == sorted(f"name {n}" for n in range(rows))
    assert {s.phone.open() for s in Safe._base_manager.all()} == {"0812"}
    for n in range(rows):
        (safe,) = Safe._base_manager.filter(blind_match(Safe, "name", f"NAME{n}"))
        assert safe.answers.open() == {"n": n}
        assert Locker._base_manager.filter(blind_match(Locker, "code", f"Code{n}")).count() == 1
    others = set(current_ring().keys) - {key_id}
    assert {other: uses(other, REGISTRY) for other in others} == {key: [] for key in others}
    assert not Safe._base_manager.filter(name_index_next__isnull=False).exists()
    assert not Locker._base_manager.filter(code_index_next__isnull=False).exists()


@audits(rotate_keys)
def test_rotating_brings_everything_under_a_new_key(safes: None) -> None:
    fill()
    old = current_ring().current
    report = rotate()
    ring = current_ring()
    assert (ring.current, ring.index, ring.index_next, ring.rotating) == (report.key_id, report.key_id, None, None)
    assert set(ring.keys) == {old, report.key_id}
    assert (report.resumed, report.resealed, report.reindexed) == (False, 20, 10)
    all_is_well(5, report.key_id)
    last = Act.objects.latest("id")
    assert (last.act, last.details) == (
        "vault.rotate_keys",
        {"key": report.key_id, "resealed": 20, "reindexed": 10},
    )
    assert list(KnownKey.objects.values_list("key_id", flat=True)) != []


def test_rotating_an_empty_database_works(safes: None) -> None:
    assert (rotate().resealed, rotate().reindexed) == (0, 0)
    assert len(current_ring().keys) == 3


def test_progress_names_columns_and_counts_rows(safes: None) -> None:
    fill(3)
    told: list[tuple[str, int]] = []
    rotate(progress=lambda column, rows: told.append((column, rows)))
    assert ("safes_safe.name", 2) in told
    assert ("safes_safe.name", 3) in told
    assert ("safes_locker.code_index", 3) in told


class Killed(BaseException):
    pass


@contextmanager
def killed_at(statement: int) -> Iterator[None]:
    """The process dies before its nth statement."""
    left = [statement]

    def counting(execute: Callable[..., Any], *arguments: Any) -> Any:
        left[0] -= 1
        if left[0] == -1:  # once: undoing the transaction is the database's own doing
            raise Killed
        return execute(*arguments)

    with connection.execute_wrapper(counting):
        yield


def test_a_rotation_killed_anywhere_loses_nothing_and_is_finished_by_the_next(safes: None, ring_path: Path) -> None:
    fill(2)
    first = current_ring()
    statement, survived = 0, False
    while not survived:
        point = transaction.savepoint()
        try:
            with transaction.atomic(), killed_at(statement):
                # The inner block stands for the database's own memory: what was committed before the kill stays.
                survived = _rotated_or_killed()
        finally:
            _check_readable(2)
        report = rotate()
        all_is_well(2, report.key_id)
        assert ring_mismatches() == []
        transaction.savepoint_rollback(point)
        replace_ring(ring_path, first)
        statement += 1
    assert statement > 50


def _rotated_or_killed() -> bool:
    try:
        rotate()
    except Killed:
        return False
    return True


def _check_readable(rows: int) -> None:
    assert {s.name.open() for s in Safe._base_manager.all()} == {f"name {n}" for n in range(rows)}
    for n in range(rows):
        assert Safe._base_manager.filter(blind_match(Safe, "name", f"name {n}")).count() == 1
        assert Locker._base_manager.filter(blind_match(Locker, "code", f"code{n}")).count() == 1


@pytest.mark.parametrize("step", ["filling", "moving", "emptying"])
def test_what_is_written_during_a_rotation_is_found_and_stays_unique(safes: None, ring_path: Path, step: str) -> None:
    fill(2)
    ring = current_ring()
    key = Key.make(NOW)
    rotating = replace(ring.with_key(key), current=key.id, rotating=key.id)
    states: dict[str, KeyRing] = {
        "filling": replace(rotating, index_next=key.id),
        "moving": replace(rotating, index=key.id, index_next=key.id),
        "emptying": replace(rotating, index=key.id),
    }
    replace_ring(ring_path, states["filling"])
    Safe._base_manager.create(name="name 2", phone="0812", answers={"n": 2})
    Locker._base_manager.create(code="code2")
    if step != "filling":
        _move_by_hand(key.id, everything=step == "emptying")
    replace_ring(ring_path, states[step])
    with pytest.raises(IntegrityError), transaction.atomic():
        Locker._base_manager.create(code="CODE2")
    Safe._base_manager.create(name="name 3", phone="0812", answers={"n": 3})
    Locker._base_manager.create(code="code3")
    _check_readable(4)
    report = rotate()
    assert (report.key_id, report.resumed) == (key.id, True)
    all_is_well(4, key.id)


def _move_by_hand(key_id: str, *, everything: bool) -> None:
    """As the rotation does: every row's second column filled, all or one of them moved."""
    for model, source, index in ((Safe, "name", "name_index"), (Locker, "code", "code_index")):
        for place, row in enumerate(model._base_manager.all()):
            field = model._meta.get_field(index)
            value = field.value_under(key_id, getattr(row, source).open())
            moved = {index: value} if everything or place == 0 else {}
            model._base_manager.filter(pk=row.pk).update(**{f"{index}_next": value, **moved})


def test_a_value_changed_meanwhile_is_not_overwritten(safes: None) -> None:
    fill(3)
    row = Safe._base_manager.order_by("pk").first()
    assert row is not None

    def change(column: str, rows: int) -> None:
        if (column, rows) == ("safes_safe.name", 2):
            loaded = Safe._base_manager.get(pk=row.pk)
            loaded.name = "changed meanwhile"
            loaded.save()

    rotate(progress=change)
    (found,) = Safe._base_manager.filter(blind_match(Safe, "name", "changed meanwhile"))
    assert (found.pk, found.name.open()) == (row.pk, "changed meanwhile")


def test_a_value_that_does_not_open_stops_the_rotation_without_loss(safes: None) -> None:
    fill(3)
    row = Safe._base_manager.order_by("pk").first()
    assert row is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM safes_safe WHERE name_index = %s", [row.name_index])
        (text,) = cursor.fetchone()
        cursor.execute("UPDATE safes_safe SET phone = %s WHERE name_index = %s", [text[:-4] + "AAAA", row.name_index])
    with pytest.raises(Tampered, match=r"safes_safe\.phone"):
        rotate()
    assert current_ring().rotating is not None
    _check_readable(3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE safes_safe SET phone = %s WHERE name_index = %s", [text, row.name_index])
    report = rotate()
    assert report.resumed
    all_is_well(3, report.key_id)


def test_a_ring_from_the_environment_is_left_alone(safes: None, settings: Settings) -> None:
    settings.KEY_RING = current_ring().text()
    with pytest.raises(VaultError, match="unset SIMPUL_KEY_RING"):
        rotate()


def test_a_second_rotation_meanwhile_is_refused(safes: None) -> None:
    with ring_lock(), pytest.raises(Conflict):
        rotate()


@denies(rotate_keys, forget_key, confirm_ring)
@pytest.mark.parametrize("actor", [Anonymous(), Member(uuid7(), uuid7())])
def test_keys_are_not_for_everybody(db: None, actor: Any) -> None:
    before = current_ring()
    for attempt in (
        lambda: rotate_keys(actor, now=NOW),
        lambda: forget_key(actor, before.current),
        lambda: confirm_ring(actor, now=NOW),
    ):
        with pytest.raises(Denied) as caught:
            attempt()
        assert caught.value.permission == "node.configure"
    assert (current_ring(), Act.objects.count()) == (before, 0)


@audits(forget_key)
def test_a_key_nothing_needs_is_forgotten(safes: None) -> None:
    fill(2)
    old = current_ring().current
    token = keyed_digests("accounts.link", "token")[0]
    with pytest.raises(Conflict) as caught:
        forget_key(SYSTEM, old, registry=REGISTRY)
    assert caught.value.code == "key_in_use"
    rotate()
    assert token in keyed_digests("accounts.link", "token")
    forget_key(SYSTEM, old, registry=REGISTRY)
    assert old not in current_ring().keys
    assert ring_mismatches() == []
    last = Act.objects.latest("id")
    assert (last.act, last.details) == ("vault.forget_key", {"key": old})
    with pytest.raises(Invalid):
        forget_key(SYSTEM, old, registry=REGISTRY)
    all_is_well(2, current_ring().current)


def test_a_key_a_value_still_needs_is_not_forgotten(safes: None, ring_path: Path) -> None:
    fill(1)
    ring = current_ring()
    key = Key.make(NOW)
    replace_ring(ring_path, replace(ring.with_key(key), current=key.id, index=key.id))
    with pytest.raises(Conflict):
        forget_key(SYSTEM, ring.current, registry=REGISTRY)


@audits(confirm_ring)
def test_confirming_the_ring_notes_its_keys_once(db: None, ring_path: Path) -> None:
    for _ in range(2):
        confirm_ring(SYSTEM, now=NOW)
    (act,) = Act.objects.all()
    assert (act.act, act.details) == ("vault.confirm_ring", {"keys": [current_ring().current]})
    replace_ring(ring_path, KeyRing.make(NOW))
    with pytest.raises(Conflict) as caught:
        confirm_ring(SYSTEM, now=NOW)
    assert caught.value.code == "wrong_ring"
    assert KnownKey.objects.count() == 1


def test_the_status_says_which_columns_need_which_key(safes: None) -> None:
    fill(1)
    status = ring_status(REGISTRY)
    assert [(k.seals, k.used_by) for k in status.keys] == [
        (
            True,
            (
                "safes_safe.name",
                "safes_safe.phone",
                "safes_safe.answers",
                "safes_locker.code",
                "safes_safe.name_index",
                "safes_locker.code_index",
            ),
        )
    ]
    assert list(status.lines())[-1] == "Never exported: run `simpul keys export FILE`."
    rotate()
    after = ring_status(REGISTRY)
    assert [(k.seals, bool(k.used_by)) for k in sorted(after.keys, key=lambda k: k.seals)] == [
        (False, False),
        (True, True),
    ]


@pytest.mark.racing
def test_people_write_and_look_up_while_keys_are_rotated(safe_tables: None, raced: None) -> None:
    fill(6)

    def work() -> None:
        for n in range(6, 26):
            Safe._base_manager.create(name=f"name {n}", phone="0812", answers={"n": n})
            Locker._base_manager.create(code=f"code{n}")
            _check_readable_one(n)
            _check_readable_one(n % 6)

    results = at_once(rotate, work)
    assert [r for r in results if isinstance(r, Exception)] == []
    all_is_well(26, rotate().key_id)


def _check_readable_one(n: int) -> None:
    (safe,) = Safe._base_manager.filter(blind_match(Safe, "name", f"name {n}"))
    assert safe.answers.open() == {"n": n}
