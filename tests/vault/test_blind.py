"""Blind indexes: equal values are found, and nothing else is told."""

import pytest
from django.db import IntegrityError, transaction

from simpul.vault.blind import blind_match, keyed_digests
from simpul.vault.errors import SealedUse
from simpul.vault.ring import Key
from simpul.vault.ringfile import current_ring
from tests.vault.safes import Locker, Safe


def found(value: str) -> set[str]:
    return {row.name.open() for row in Safe._base_manager.filter(blind_match(Safe, "name", value))}


def test_a_value_is_found_in_any_spelling_its_normaliser_levels(safes: None) -> None:
    Safe._base_manager.create(name="Peneda Gandor")
    Safe._base_manager.create(name="Gandor")
    assert found("penedagandor") == {"Peneda Gandor"}
    assert found("peneda") == set()
    assert found("") == set()


def test_a_value_that_normalises_to_nothing_is_not_indexed(safes: None) -> None:
    row = Safe._base_manager.create(name="...")
    assert (row.name_index, row.name_index_next) == (None, None)


def test_the_index_follows_its_value(safes: None) -> None:
    row = Safe._base_manager.create(name="old")
    row.name = "new"
    row.save(update_fields=["name", "name_index", "name_index_next"])
    assert (found("old"), found("new")) == (set(), {"new"})
    Safe._base_manager.bulk_create([Safe(name="bulk")])
    assert found("bulk") == {"bulk"}


@pytest.mark.parametrize("fields", [["name"], ["name", "name_index"], ["name_index", "name_index_next"]])
def test_a_changed_value_is_not_saved_without_its_index(safes: None, fields: list[str]) -> None:
    row = Safe._base_manager.create(name="old")
    row.name = "new"
    with pytest.raises(SealedUse, match="together"), transaction.atomic():
        row.save(update_fields=fields)
    assert found("old") == {"old"}


def test_saving_without_having_loaded_the_value_keeps_the_index(safes: None) -> None:
    row = Safe._base_manager.create(name="name")
    lazy = Safe._base_manager.defer("name").get(pk=row.pk)
    lazy.label = "touched"
    lazy.save()
    loaded = Safe._base_manager.get(pk=row.pk)
    loaded.save()
    assert found("name") == {"name"}


def test_equal_values_of_two_purposes_have_different_indexes(safes: None) -> None:
    safe = Safe._base_manager.create(name="SAME")
    locker = Locker._base_manager.create(code="SAME")
    assert safe.name_index.partition(".")[0] == locker.code_index.partition(".")[0] == current_ring().index
    assert safe.name_index != locker.code_index
    assert "SAME" not in safe.name_index


def test_a_unique_index_keeps_values_unique(safes: None) -> None:
    Locker._base_manager.create(code="a1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Locker._base_manager.create(code="A1")


def test_a_value_is_found_across_a_relation(safes: None) -> None:
    safe = Safe._base_manager.create(name="Ani")
    Locker._base_manager.create(code="1", safe=safe)
    Locker._base_manager.create(code="2")
    lockers = Locker._base_manager.filter(blind_match(Safe, "name", "ani", path="safe__"))
    assert [row.code.open() for row in lockers] == ["1"]


def test_keyed_digests_begin_with_the_current_key(ring_path: object) -> None:
    digest = keyed_digests("accounts.link", "token")
    assert len(digest) == 1
    assert digest[0].startswith(f"{current_ring().current}.")
    assert digest != keyed_digests("accounts.other", "token")
    assert digest != keyed_digests("accounts.link", "another")


def test_a_key_is_not_shown_by_its_repr() -> None:
    ring = current_ring()
    key = ring.keys[ring.current]
    assert isinstance(key, Key)
    assert str(list(key.secret)[:4])[1:-1] not in repr(key)
    assert "secret" not in repr(key) + repr(ring)
