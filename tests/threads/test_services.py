"""Tying and untying: who may, once, never to itself, taken back without being forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, Member, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.threads.models import Link
from simpul.threads.queries import chain_from
from simpul.threads.services import link_records, retract_link
from tests.marks import audits, denies
from tests.threads.conftest import NOW, Shelf

pytestmark = pytest.mark.django_db

ANI = Member(user_id=uuid7(), person_id=uuid7())


@denies(link_records, retract_link)
def test_who_keeps_neither_end_ties_nothing(briefs: Shelf, rulings: Shelf) -> None:
    brief, ruling = briefs.put("Ringkasan", locked=True), rulings.put("Perbup", locked=True)
    with pytest.raises(Denied) as denied:
        link_records(ANI, brief, "leads_to", ruling, now=NOW)
    assert (denied.value.permission, denied.value.ref) == ("thread.link", brief)
    link = link_records(System(), brief, "leads_to", ruling, now=NOW)
    with pytest.raises(Denied):
        retract_link(ANI, link, now=NOW)
    assert Link.objects.get().superseded_at is None


@audits(link_records, retract_link)
def test_whoever_keeps_one_end_ties_and_unties(briefs: Shelf, rulings: Shelf) -> None:
    brief, ruling = briefs.put("Ringkasan"), rulings.put("Perbup", locked=True)
    link = link_records(ANI, brief, "leads_to", ruling, now=NOW)
    assert (link.source, link.relation, link.target, link.created_by) == (brief, "leads_to", ruling, ANI.user_id)
    assert retract_link(ANI, link, now=NOW + timedelta(days=1)).superseded_at == NOW + timedelta(days=1)
    assert list(Act.objects.order_by("id").values_list("act", "ref_id", "details__relation")) == [
        ("threads.link_records", link.pk, "leads_to"),
        ("threads.retract_link", link.pk, "leads_to"),
    ]


@pytest.mark.parametrize("hidden_end", ["source", "target"])
def test_an_end_out_of_sight_is_not_found_as_one_that_never_was(briefs: Shelf, rulings: Shelf, hidden_end: str) -> None:
    seen, hidden = briefs.put("Ringkasan"), rulings.put("Rahasia", hidden=True)
    for unseen in (hidden, RecordRef(rulings.kind, uuid7()), RecordRef("nobody.knows", uuid7())):
        ends = (unseen, seen) if hidden_end == "source" else (seen, unseen)
        with pytest.raises(NotFound) as missing:
            link_records(Anonymous(), ends[0], "evidences", ends[1], now=NOW)
        assert (missing.value.kind, missing.value.uuid) == (unseen.kind, unseen.uuid)
    assert not Link.objects.exists()


def test_the_same_link_twice_is_one_row_and_one_act(briefs: Shelf, rulings: Shelf) -> None:
    brief, ruling, key = briefs.put("Ringkasan"), rulings.put("Perbup"), uuid7()
    first = link_records(ANI, brief, "leads_to", ruling, now=NOW, link_id=key)
    assert link_records(ANI, brief, "leads_to", ruling, now=NOW, link_id=key) == first
    assert link_records(ANI, brief, "leads_to", ruling, now=NOW) == first
    assert link_records(ANI, brief, "evidences", ruling, now=NOW) != first
    retract_link(ANI, first, now=NOW)
    retract_link(ANI, first, now=NOW + timedelta(days=3))
    assert Link.objects.get(pk=key).superseded_at == NOW
    assert Act.objects.count() == 3


def test_a_retracted_link_may_be_tied_anew_and_is_known_as_of_before(briefs: Shelf, rulings: Shelf) -> None:
    brief, ruling = briefs.put("Ringkasan"), rulings.put("Perbup")
    first = link_records(ANI, brief, "leads_to", ruling, now=NOW)
    retract_link(ANI, first, now=NOW + timedelta(days=1))
    assert chain_from(brief) == []
    assert [s.link for s in chain_from(brief, as_of=NOW)] == [first]
    second = link_records(ANI, brief, "leads_to", ruling, now=NOW + timedelta(days=2))
    assert second != first
    assert [s.link for s in chain_from(brief)] == [second]


def test_an_id_in_use_for_another_link_is_a_conflict(briefs: Shelf, rulings: Shelf) -> None:
    brief, ruling = briefs.put("Ringkasan"), rulings.put("Perbup")
    link = link_records(ANI, brief, "leads_to", ruling, now=NOW)
    with pytest.raises(Conflict) as conflict:
        link_records(ANI, ruling, "affects", brief, now=NOW, link_id=link.pk)
    assert conflict.value.code == "id_taken"


def test_impossible_links_are_refused(briefs: Shelf) -> None:
    brief = briefs.put("Ringkasan")
    for relation, target, code in (
        ("affects", brief, "link_to_itself"),
        ("likes", briefs.put("B"), "unknown_relation"),
    ):
        with pytest.raises(Invalid) as invalid:
            link_records(ANI, brief, relation, target, now=NOW)
        assert invalid.value.code == code


def test_the_database_itself_keeps_links_single_and_unchanged(briefs: Shelf, rulings: Shelf) -> None:
    link = link_records(ANI, briefs.put("Ringkasan"), "leads_to", rulings.put("Perbup"), now=NOW)
    ends = {f: getattr(link, f) for f in ("source_kind", "source_id", "relation", "target_kind", "target_id")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(**ends, recorded_at=NOW)
    with pytest.raises(IntegrityError, match="threads_link_appended"), transaction.atomic():
        Link.objects.filter(pk=link.pk).update(relation="affects")
    itself = {**ends, "target_kind": link.source_kind, "target_id": link.source_id}
    with pytest.raises(IntegrityError, match="threads_link_not_to_itself"), transaction.atomic():
        Link.objects.create(**itself, recorded_at=NOW)
