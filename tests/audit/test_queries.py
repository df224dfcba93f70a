"""Who reads which acts, newest first, without counting."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from simpul.access.roles import resolved
from simpul.audit.models import Act
from simpul.audit.queries import acts_for
from simpul.audit.services import record
from simpul.kernel.actor import Anonymous, Member, Reach, ResolvedGrant, System
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef

PERSON = uuid7()
REF = RecordRef("organisations.organisation", uuid7())


def holder(role: str, organisation: UUID | None, area: str | None = None) -> Member:
    permissions = resolved(role, node=organisation is None)
    return Member(uuid7(), uuid7(), (ResolvedGrant(role, organisation, area, permissions),))


AUDITOR = holder("auditor", None)


@pytest.fixture
def some(db: None) -> list[int]:
    member = Member(uuid7(), PERSON)
    record(member, "organisations.rename_organisation", REF)
    record(member, "people.change_person", RecordRef("people.person", uuid7()))
    record(System("demo"), "organisations.register_organisation", REF)
    return list(Act.objects.order_by("id").values_list("id", flat=True))


def ids(**narrowed: object) -> list[int]:
    return [act.pk for act in acts_for(AUDITOR, **narrowed)]  # type: ignore[arg-type]


def test_the_auditor_of_the_node_reads_every_act(some: list[int]) -> None:
    assert ids() == some[::-1]
    assert acts_for(System("check")).count() == 3


@pytest.mark.parametrize(
    "actor",
    [
        Anonymous(),
        holder("auditor", uuid7()),
        holder("operator", None),
        holder("secretariat", uuid7()),
        Member(uuid7(), PERSON),
        Member(uuid7(), uuid7(), (ResolvedGrant("auditor", None, "52", {"audit.read": Reach.NODE}),)),
    ],
    ids=["public", "auditor of one", "operator", "secretariat", "who did it", "auditor of an area"],
)
def test_nobody_else_reads_any(some: list[int], actor: Member) -> None:
    assert list(acts_for(actor)) == []


def test_acts_are_narrowed_by_name_record_person_and_time(some: list[int]) -> None:
    first, second, third = some
    assert ids(act="organisations.rename_organisation") == [first]
    assert ids(act="organisations.") == [third, first]
    assert ids(ref_id=REF.uuid) == [third, first]
    assert ids(person_id=PERSON) == [second, first]
    assert ids(person_id=PERSON, act="people.") == [second]
    at = Act.objects.get(pk=third).at
    assert ids(since=at + timedelta(seconds=1)) == []
    assert ids(until=at - timedelta(minutes=5)) == []
    assert ids(since=at - timedelta(minutes=5), until=at + timedelta(seconds=1)) == [third, second, first]
    assert ids(before=third) == [second, first]


def test_a_name_with_a_wildcard_is_only_a_name(some: list[int]) -> None:
    assert ids(act="%.") == ids(act="o_ganisations.") == []


def test_a_page_is_one_query(some: list[int], django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        assert len(acts_for(AUDITOR, before=10**9)[:2]) == 2
