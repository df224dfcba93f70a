"""References to records of any context."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef


@given(st.from_regex(r"[a-z_]{1,20}\.[a-z_]{1,20}", fullmatch=True), st.uuids())
def test_a_reference_reads_back_as_written(kind: str, uuid: UUID) -> None:
    ref = RecordRef(kind, uuid)
    assert RecordRef.parse(str(ref)) == ref
    assert ref.context == kind.split(".", maxsplit=1)[0]


@pytest.mark.parametrize(
    "kind", ["", "people", "people.", ".person", "People.Person", "a.b.c", "people person", "a.b\n"]
)
def test_a_kind_is_context_and_model(kind: str) -> None:
    with pytest.raises(ValueError):
        RecordRef(kind, uuid7())


@pytest.mark.parametrize("text", ["", "people.person", "people.person:", "people.person:1", f"person:{UUID(int=1)}"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        RecordRef.parse(text)


def test_references_are_keys_in_order() -> None:
    one, two = RecordRef("a.b", UUID(int=1)), RecordRef("a.b", UUID(int=2))
    assert sorted({two, one, RecordRef("a.b", UUID(int=1))}) == [one, two]
