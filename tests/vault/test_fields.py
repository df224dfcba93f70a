"""Encrypted columns: what goes in comes out on its own row, and nowhere else."""

import copy
import json
import logging
import pickle
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.template import Context, Template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.kernel.ids import uuid7
from simpul.vault import cipher
from simpul.vault.cipher import Place
from simpul.vault.errors import NotBound, SealedUse, Tampered, UnknownKey
from simpul.vault.fields import SealedTextField
from simpul.vault.ring import Key, KeyRing
from simpul.vault.ringfile import current_ring, replace_ring
from simpul.vault.sealed import Sealed
from tests.vault.safes import Safe

NOW = datetime(2025, 2, 7, tzinfo=UTC)
SECRET = "Rahasia Penyintas 081234567890"


def stored(row: Safe, column: str = "name") -> str:
    with connection.cursor() as cursor:
        pk = row.pk if connection.vendor == "postgresql" else row.pk.hex
        cursor.execute(f"SELECT {column} FROM safes_safe WHERE id = %s", [pk])
        return str(cursor.fetchone()[0])


def write(row: Safe, text: str, column: str = "name") -> None:
    with connection.cursor() as cursor:
        pk = row.pk if connection.vendor == "postgresql" else row.pk.hex
        cursor.execute(f"UPDATE safes_safe SET {column} = %s WHERE id = %s", [text, pk])


def fresh(row: Safe) -> Safe:
    return Safe._base_manager.get(pk=row.pk)


def test_a_value_is_encrypted_in_the_database_and_opens_on_its_object(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET, answers={"umur": 17, "daftar": ["a", None]})
    assert "Rahasia" not in stored(row)
    assert stored(row).startswith(f"v1.{current_ring().current}.")
    assert fresh(row).name.open() == SECRET
    assert fresh(row).answers.open() == {"umur": 17, "daftar": ["a", None]}


def test_a_value_opens_before_and_after_saving(safes: None) -> None:
    row = Safe(name=SECRET)
    assert row.name.open() == SECRET
    row.save()
    assert row.name.open() == SECRET
    row.name = "another"
    assert row.name.open() == "another"
    assert fresh(row).name.open() == SECRET
    row.save()
    assert fresh(row).name.open() == "another"


def test_null_stays_null_and_empty_text_is_sealed(safes: None) -> None:
    row = Safe._base_manager.create(name="", phone=None)
    assert fresh(row).phone is None
    assert fresh(row).name.open() == ""
    assert len(stored(row)) > 40
    assert Safe._base_manager.filter(phone__isnull=True, name__isnull=False).count() == 1


def test_a_required_value_that_was_never_given_is_refused(safes: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Safe._base_manager.create(label="no name")


def test_equal_values_look_different(safes: None) -> None:
    one, two = (Safe._base_manager.create(name=SECRET) for _ in range(2))
    assert stored(one)[20:] != stored(two)[20:]


def test_the_length_of_a_short_value_does_not_show(safes: None) -> None:
    lengths = {len(stored(Safe._base_manager.create(name=text))) for text in ("", "ya", "tidak", "x" * 31)}
    assert len(lengths) == 1


def test_bulk_create_encrypts_each_for_its_row(safes: None) -> None:
    Safe._base_manager.bulk_create([Safe(name=f"name {n}") for n in range(3)])
    assert sorted(row.name.open() for row in Safe._base_manager.all()) == ["name 0", "name 1", "name 2"]


def test_update_or_create_saves_the_index_with_the_value(safes: None) -> None:
    row = Safe._base_manager.create(name="old")
    again, made = Safe._base_manager.update_or_create(id=row.pk, defaults={"name": "new"})
    assert (made, fresh(again).name.open()) == (False, "new")


def test_saving_an_untouched_object_keeps_the_ciphertext(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    before = stored(row)
    loaded = fresh(row)
    loaded.label = "touched"
    loaded.save()
    assert stored(row) == before


def test_a_deferred_value_is_fetched_when_it_is_opened(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    lazy = Safe._base_manager.defer("name").get(pk=row.pk)
    assert "name" not in lazy.__dict__
    assert lazy.name.open() == SECRET
    row.refresh_from_db()
    assert row.name.open() == SECRET


def test_values_give_sealed_that_nothing_opens(safes: None) -> None:
    Safe._base_manager.create(name=SECRET)
    rows = [*Safe._base_manager.values_list("name", flat=True), Safe._base_manager.values("name").get()["name"]]
    assert [type(row) for row in rows] == [Sealed, Sealed]
    for row in rows:
        with pytest.raises(NotBound):
            row.open()


@pytest.mark.parametrize(
    "change",
    [
        {"name": "plain"},
        {"name": None},
        {"phone": None},
        {"name": F("label")},
        {"name": F("phone")},
        {"label": F("name")},
        {"name": Value("plain")},
        {"name": Concat(F("label"), Value("!"))},
        {"label": Concat(F("name"), Value("!"))},
    ],
)
def test_update_raises_and_writes_nothing(safes: None, change: dict[str, object]) -> None:
    row = Safe._base_manager.create(name=SECRET, label="label")
    before = stored(row)
    with pytest.raises(SealedUse), transaction.atomic():
        Safe._base_manager.update(**change)
    assert (stored(row), fresh(row).label) == (before, "label")


def test_update_of_other_columns_may_ask_whether_there_is_a_value(safes: None) -> None:
    Safe._base_manager.create(name=SECRET)
    assert Safe._base_manager.filter(phone__isnull=True, name__isnull=False).update(label="seen") == 1


def test_update_refuses_a_value_sealed_elsewhere(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    with pytest.raises(SealedUse), transaction.atomic():
        Safe._base_manager.update(name=row.name)


def test_bulk_update_raises(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    row.name = "plain"
    with pytest.raises(SealedUse), transaction.atomic():
        Safe._base_manager.bulk_update([row], ["name"])
    row.phone = None
    with pytest.raises(SealedUse), transaction.atomic():
        Safe._base_manager.bulk_update([row], ["phone"])


def test_an_expression_assigned_to_an_object_raises(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    with pytest.raises((SealedUse, TypeError)):
        row.name = F("label")


def test_bulk_create_that_updates_by_another_column_raises(safes: None) -> None:
    # Written there, the ciphertext would be bound to a key the row does not have.
    with pytest.raises(SealedUse), transaction.atomic():
        Safe._base_manager.bulk_create(
            [Safe(name="a", label="x")], update_conflicts=True, update_fields=["name"], unique_fields=["label"]
        )


def test_bulk_create_that_updates_by_primary_key_keeps_the_row_readable(safes: None) -> None:
    row = Safe._base_manager.create(name="old")
    Safe._base_manager.bulk_create(
        [Safe(id=row.pk, name="new")], update_conflicts=True, update_fields=["name"], unique_fields=["id"]
    )
    assert fresh(row).name.open() == "new"


@pytest.mark.parametrize("lookup", ["name", "name__exact", "name__icontains", "name__in", "name__gt", "name__regex"])
def test_filtering_by_plaintext_raises(safes: None, lookup: str) -> None:
    with pytest.raises(FieldError):
        Safe._base_manager.filter(**{lookup: ["x"] if lookup.endswith("in") else "x"}).exists()


def test_a_value_moved_to_another_row_does_not_open(safes: None) -> None:
    one, two = (Safe._base_manager.create(name=name) for name in ("one", "two"))
    write(two, stored(one))
    with pytest.raises(Tampered):
        fresh(two).name.open()


def test_a_value_moved_to_another_column_does_not_open(safes: None) -> None:
    row = Safe._base_manager.create(name="name", phone="phone")
    write(row, stored(row, "phone"), "name")
    with pytest.raises(Tampered):
        fresh(row).name.open()


def test_a_copied_object_is_not_saved_with_a_value_it_could_never_open(safes: None) -> None:
    row = fresh(Safe._base_manager.create(name=SECRET))
    row.pk = uuid7()
    row._state.adding = True
    with pytest.raises((SealedUse, Tampered)), transaction.atomic():
        row.save()
    assert Safe._base_manager.count() == 1


def test_the_sealed_value_of_another_object_is_refused(safes: None) -> None:
    one, two = (Safe._base_manager.create(name=name) for name in ("one", "two"))
    two.name = one.name
    with pytest.raises(SealedUse, match="assign the opened value"), transaction.atomic():
        two.save()
    two.name = one.name.open()
    two.save()
    assert fresh(two).name.open() == "one"


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_any_changed_character_is_noticed(data: st.DataObject) -> None:
    ring = KeyRing.make(NOW)
    place = Place("people_person.phone", str(UUID(int=1)))
    text = cipher.seal(ring, place, SECRET.encode())
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("ABCDEFabcdef0123456789-_.v").filter(lambda c: c != text[at]))
    changed = text[:at] + other + text[at + 1 :]
    with pytest.raises((Tampered, UnknownKey)):
        cipher.unseal(ring, place, changed)


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_plaintext_comes_back(plaintext: bytes) -> None:
    ring = KeyRing.make(NOW)
    place = Place("a.b", "1")
    assert cipher.unseal(ring, place, cipher.seal(ring, place, plaintext)) == plaintext


@pytest.mark.parametrize(
    "text", ["", "plain", "v1.", "v1.00000000.", "v1.00000000.!!!", "v2.00000000.AAAA", "v1.x.AAAA"]
)
def test_what_is_no_ciphertext_is_said_to_be_none(text: str) -> None:
    with pytest.raises(Tampered):
        cipher.unseal(KeyRing.make(NOW), Place("a.b", "1"), text)


def test_a_ring_without_the_key_says_which_it_lacks(safes: None, ring_path: Path) -> None:
    row = Safe._base_manager.create(name=SECRET)
    lost = current_ring().current
    replace_ring(ring_path, KeyRing.make(NOW))
    with pytest.raises(UnknownKey, match=lost):
        fresh(row).name.open()


def test_a_ring_with_another_key_of_that_name_opens_nothing(safes: None, ring_path: Path) -> None:
    row = Safe._base_manager.create(name=SECRET)
    name = current_ring().current
    replace_ring(ring_path, KeyRing({name: Key(name, bytes(range(32)), NOW)}, current=name, index=name))
    with pytest.raises(Tampered):
        fresh(row).name.open()


def test_no_error_holds_plaintext_or_key(safes: None, ring_path: Path) -> None:
    row = Safe._base_manager.create(name=SECRET)
    write(row, stored(row)[:-4] + "AAAA")
    with pytest.raises(Tampered) as caught:
        fresh(row).name.open()
    assert "Rahasia" not in str(caught.value)
    assert str(row.pk) not in str(caught.value)


def test_a_sealed_value_shows_itself_nowhere(safes: None, caplog: pytest.LogCaptureFixture) -> None:
    row = Safe(name=SECRET)
    for value in (row.name, fresh_after_save(row).name):
        logging.getLogger("simpul").warning("value %s %r", value, value)
        shown = [str(value), repr(value), f"{value}", f"{[value]}", repr(vars(row)), caplog.text]
        shown.append(Template("{{ row.name }}{{ row.name|default:'-' }}").render(Context({"row": row})))
        assert not any("Rahasia" in text for text in shown)
        assert str(value) == "<sealed>"


def fresh_after_save(row: Safe) -> Safe:
    row.save()
    return fresh(row)


def test_a_sealed_value_is_not_pickled_nor_its_object(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    for thing in (row.name, row, fresh(row), {"row": row}):
        with pytest.raises(SealedUse):
            pickle.dumps(thing)
    with pytest.raises(TypeError):
        json.dumps(row.name)


def test_a_sealed_value_is_compared_with_nothing(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    for compare in (lambda: row.name == SECRET, lambda: row.name != SECRET):
        with pytest.raises(SealedUse):
            compare()
    with pytest.raises(TypeError):
        hash(row.name)
    with pytest.raises(TypeError):
        sorted([row.name, row.name])


def test_copies_of_an_object_open_too(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    assert copy.deepcopy(row.name).open() == SECRET
    assert copy.copy(row.name).open() == SECRET


def test_an_object_is_validated_without_looking_into_it(safes: None) -> None:
    Safe(name=SECRET).full_clean(exclude=["id", "label"])
    with pytest.raises(ValidationError) as caught:
        Safe(label="x").full_clean()
    assert list(caught.value.error_dict) == ["name"]


@pytest.mark.parametrize("value", [7, b"bytes", ["list"]])
def test_a_text_field_takes_text(value: object) -> None:
    with pytest.raises(TypeError):
        Safe(name=value)


def test_a_field_describes_itself_to_migrations() -> None:
    field = SealedTextField(null=True, bound_as="people_person.telephone")
    _name, path, args, kwargs = field.deconstruct()
    assert (path, args) == ("simpul.vault.fields.SealedTextField", [])
    assert kwargs == {"null": True, "bound_as": "people_person.telephone"}


def test_a_renamed_column_keeps_the_name_it_was_sealed_under(ring_path: Path) -> None:
    row = Safe(name=SECRET)
    field = Safe._meta.get_field("name")
    renamed = copy.copy(field)
    renamed.bound_as = "safes_safe.name"
    renamed.column = "full_name"
    assert renamed.place(row) == field.place(row)


def test_ciphertext_is_not_written_to_fixtures(safes: None) -> None:
    row = Safe._base_manager.create(name=SECRET)
    with pytest.raises(SealedUse):
        Safe._meta.get_field("name").value_to_string(row)
