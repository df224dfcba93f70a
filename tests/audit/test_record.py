"""What an act's row holds, and what it refuses to hold."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from simpul.audit.models import Act
from simpul.audit.rules import UnsafeDetail, safe_details
from simpul.audit.services import record
from simpul.kernel.actor import Actor, Anonymous, Member, System
from simpul.kernel.ids import human_code, unlinkable_id, uuid7
from simpul.kernel.refs import RecordRef

REF = RecordRef("organisations.organisation", uuid7())


@pytest.mark.django_db
def test_record_keeps_ids_of_a_member() -> None:
    member = Member(user_id=uuid7(), person_id=uuid7())
    record(member, "organisations.rename_organisation", REF, details={"fields": ["name"], "code": "K7Q2-M4TD"})
    row = Act.objects.get()
    assert (row.actor_kind, row.user_id, row.person_id, row.purpose) == (
        "member",
        member.user_id,
        member.person_id,
        "",
    )
    assert (row.act, row.ref_kind, row.ref_id) == ("organisations.rename_organisation", REF.kind, REF.uuid)
    assert row.details == {"fields": ["name"], "code": "K7Q2-M4TD"}
    assert row.batch_id is None


@pytest.mark.django_db
def test_record_takes_the_instant_from_the_database() -> None:
    record(System("demo load"), "demo.load_storyline", None)
    row = Act.objects.get()
    assert abs(datetime.now(UTC) - row.at) < timedelta(seconds=30)
    assert (row.actor_kind, row.purpose, row.ref_kind, row.ref_id) == ("system", "demo load", "", None)


@pytest.mark.django_db
@pytest.mark.parametrize(("actor", "kind"), [(Anonymous(), "anonymous"), (System(), "system")])
def test_record_tells_who_was_no_person(actor: Actor, kind: str) -> None:
    record(actor, "accounts.fail_sign_in", None)
    row = Act.objects.get()
    assert (row.actor_kind, row.user_id, row.person_id) == (kind, None, None)


@pytest.mark.django_db
def test_a_write_that_is_undone_leaves_no_row() -> None:
    with transaction.atomic():
        record(System(), "demo.load_storyline", None)
        transaction.set_rollback(True)
    assert not Act.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["rename", "Organisations.rename", "a.b.c", "", "x." + "y" * 80])
def test_record_refuses_a_name_that_is_no_act(act: str) -> None:
    with pytest.raises(ValueError):
        record(System(), act, REF)


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", ["Siti Aminah", "siti@example.org", "081234567890", "a b c d", "x" * 41])
def test_record_refuses_a_purpose_that_could_name_somebody(purpose: str) -> None:
    with pytest.raises(UnsafeDetail):
        record(System(purpose), "demo.load_storyline", None)


@pytest.mark.parametrize(
    "value",
    [
        "siti@example.org",
        "081234567890",
        "+62 812-3456-7890",
        "0812.3456.7890",
        "(0370) 123456 78",
        "5203015708900001",
        "520301 570890 0001",
        "01.234.567.8-901.000",
        "Siti Aminah",
        "She was brought in by her aunt",
        "Désa",
        "line\nbreak",
        "x" * 81,
        81234567890,
        -5203015708900001,
        1.5,
        b"bytes",
        {"nested": "name"},
        ["name", "siti@example.org"],
        ["name", ["nested"]],
        [1] * 201,
    ],
)
def test_details_refuse_what_could_be_about_a_person(value: object) -> None:
    with pytest.raises(UnsafeDetail) as caught:
        safe_details({"field": value})  # type: ignore[dict-item]
    assert str(value) not in str(caught.value)


@pytest.mark.parametrize("key", ["Siti Aminah", "a-b", "", "9lives", "x" * 41, "siti@example.org"])
def test_details_refuse_a_key_that_is_no_name_of_a_field(key: str) -> None:
    with pytest.raises(UnsafeDetail):
        safe_details({key: 1})


def test_details_refuse_more_than_twenty() -> None:
    with pytest.raises(UnsafeDetail):
        safe_details({f"field_{n}": n for n in range(21)})


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("demo load", "demo load"),
        ("52.03.99.2001", "52.03.99.2001"),
        ("62.01.01.2001", "62.01.01.2001"),
        ("2025-02-07", "2025-02-07"),
        ("2025-02-07T08:00:00+00:00", "2025-02-07T08:00:00+00:00"),
        (date(2025, 2, 7), "2025-02-07"),
        ("organisations.organisation:018f0000-0000-7000-8000-000000000000",) * 2,
        (UUID("00000000-0000-4000-8000-000000000000"), "00000000-0000-4000-8000-000000000000"),
        ([UUID(int=1), "name", 3], ["00000000-0000-0000-0000-000000000001", "name", 3]),
        (("name", "acronym"), ["name", "acronym"]),
        (False, False),
        (None, None),
        (91_599, 91_599),
        ("", ""),
    ],
)
def test_details_keep_ids_codes_dates_and_counts(value: object, stored: object) -> None:
    assert safe_details({"field": value}) == {"field": stored}  # type: ignore[dict-item]


@given(st.sampled_from([uuid7, unlinkable_id, human_code]))
def test_details_keep_every_id_and_code_the_kernel_makes(make: Callable[[], object]) -> None:
    value = str(make())
    assert safe_details({"id": value}) == {"id": value}


@given(st.from_regex(r"(\+62|62|0)8[0-9]{7,11}", fullmatch=True), st.sampled_from(["", " ", "-", "."]))
def test_details_refuse_every_way_of_writing_a_phone_number(phone: str, separator: str) -> None:
    written = separator.join((phone[:4], phone[4:8], phone[8:]))
    with pytest.raises(UnsafeDetail):
        safe_details({"phone": written})


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"act": "x.y"}, {"person_id": uuid7()}, {"details": {"a": 1}}, {"purpose": "x"}])
def test_a_row_is_never_changed(change: dict[str, object]) -> None:
    record(System(), "demo.load_storyline", REF)
    with pytest.raises(IntegrityError, match="audit_act_append_only"), transaction.atomic():
        Act.objects.update(**change)


@pytest.mark.django_db
def test_a_row_is_never_deleted() -> None:
    record(System(), "demo.load_storyline", REF)
    with (
        pytest.raises(IntegrityError, match="audit_act_append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM audit_act")
    assert Act.objects.count() == 1


@pytest.mark.django_db
def test_recording_takes_one_query(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        record(System(), "demo.load_storyline", REF, details={"fields": ["name"]})
