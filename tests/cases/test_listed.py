"""Somebody of whom nothing is kept but a place on a list: their rights, and the end of keeping their name."""

from datetime import timedelta

import pytest

from simpul.audit.models import Act, Erasure
from simpul.cases.erasing import forget_again
from simpul.cases.models import QueueEntry, RightsRequest
from simpul.cases.queries.tickets import listed_with, tallies_of
from simpul.cases.rounds import retention
from simpul.cases.services.listed import forget_old_lists, use_again
from simpul.cases.services.rights import check_identity, grant_request, refuse_request
from simpul.cases.services.rights_file import find_entry, find_file
from simpul.cases.services.tickets import correct_entry
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.cases.test_rights import adult, asked
from tests.cases.test_tickets import NAME, NIK, a_list, queue_up, settle
from tests.cast import Cast
from tests.factories.cases import NOW
from tests.marks import audits, denies

LATER = NOW + timedelta(hours=2)


def on_a_list(cast: Cast, kind: str, entry: QueueEntry, capacity: str = "self") -> RightsRequest:
    """Asked, identity shown, found on the list."""
    request = asked(cast, kind, capacity)
    check_identity(cast.budi.actor, request, proof="ktp", now=NOW)
    return find_entry(cast.budi.actor, request, entry, now=NOW)


def test_they_are_found_by_their_number_by_their_group_alone(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    assert list(listed_with(cast.budi.actor, cast.lentera, "9903 9941 0764 0001")) == [entry]
    assert not listed_with(cast.budi.actor, cast.lentera, "9903994107640002").exists()
    for other in (cast.hasan, cast.kartika, cast.joko):
        assert not listed_with(other.actor, cast.lentera, NIK).exists()


def test_what_is_written_wrong_is_corrected_for_good(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    fresh = correct_entry(cast.ani.actor, entry, person={"name": "Inaq Benar"}, seen=1, now=NOW)
    row = QueueEntry.objects.get()
    assert (row.name.open(), row.nik, row.version) == ("Inaq Benar", None, 2)  # type: ignore[union-attr]
    assert not listed_with(cast.budi.actor, cast.lentera, NIK).exists()
    with pytest.raises(Conflict) as refused:
        correct_entry(cast.ani.actor, fresh, person={"name": NAME}, seen=1, now=NOW)
    assert refused.value.code == "edited_meanwhile"
    with pytest.raises(Invalid):
        correct_entry(cast.ani.actor, fresh, person={"name": ""}, seen=2, now=NOW)


@pytest.mark.parametrize("kind", ["erasure", "withdrawal"])
def test_erasing_takes_name_and_number_and_leaves_the_count(cast: Cast, kind: str) -> None:
    ticket = a_list(cast)
    entry = queue_up(ticket)
    request = on_a_list(cast, kind, entry)
    for _ in range(2):
        grant_request(cast.budi.actor, request, now=LATER)
    row = QueueEntry.objects.get()
    assert (row.name, row.nik, row.nik_index) == (None, None, None) or (row.name, row.nik, row.nik_index) == (
        None, None, "",
    )  # fmt: skip
    assert not listed_with(cast.budi.actor, cast.lentera, NIK).exists()
    assert tallies_of([ticket])[ticket.pk].papers == 2
    assert RightsRequest.objects.get(pk=request.pk).applicant is None
    assert Erasure.objects.filter(ref_kind="cases.queueentry", ref_id=entry.pk).count() == 1
    with pytest.raises(NotFound):
        correct_entry(cast.ani.actor, row, person={"name": NAME}, seen=row.version, now=LATER)


def test_a_restored_copy_forgets_them_again(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    assert forget_again([entry.pk]) == 1
    assert forget_again([entry.pk]) == 0
    assert QueueEntry.objects.get().name is None


def test_stopped_data_are_not_used_until_they_may_be_again(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    grant_request(cast.budi.actor, on_a_list(cast, "restriction", entry), now=LATER)
    with pytest.raises(Conflict) as refused:
        settle(entry)
    assert refused.value.code == "restricted"
    for _ in range(2):
        use_again(cast.budi.actor, entry, now=LATER)
    assert settle(entry).version == 2


def test_reading_and_correcting_change_nothing_by_the_answer(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    for kind in ("access", "correction"):
        assert grant_request(cast.budi.actor, on_a_list(cast, kind, entry), now=LATER).answer == "given"
    assert QueueEntry.objects.get().name is not None


@pytest.mark.parametrize(("age", "level"), [(12, "supervisor"), (None, "supervisor"), (18, "group")])
def test_a_guardian_who_asks_for_a_child_on_a_list_is_answered_above(cast: Cast, age: int | None, level: str) -> None:
    entry = queue_up(a_list(cast), person={"name": NAME, "age_stated": age})
    request = on_a_list(cast, "erasure", entry, "parent")
    assert request.level == level
    grant_request((cast.kartika if level == "supervisor" else cast.budi).actor, request, now=LATER)
    assert QueueEntry.objects.get().name is None


def test_one_request_is_about_one_file(cast: Cast) -> None:
    entry, other = queue_up(a_list(cast)), queue_up(a_list(cast))
    request = on_a_list(cast, "access", entry)
    assert find_entry(cast.budi.actor, request, entry, now=LATER) == request
    with pytest.raises(Conflict):
        find_entry(cast.budi.actor, request, other, now=LATER)
    with pytest.raises(Conflict):
        find_file(cast.budi.actor, request, adult(cast), now=LATER)


def test_names_go_a_year_after_the_day_and_counts_stay(cast: Cast) -> None:
    ticket, recent = a_list(cast), a_list(cast, service_on=NOW.date() + timedelta(days=60))
    queue_up(ticket)
    kept = queue_up(recent)
    at = NOW + timedelta(days=400)
    assert retention(lambda: at) == 1
    assert retention(lambda: at) == 0
    assert [row.pk for row in QueueEntry.objects.filter(name__isnull=False)] == [kept.pk]
    assert tallies_of([ticket])[ticket.pk].people == 1


@audits(find_entry, use_again, forget_old_lists)
def test_it_is_recorded_without_anybody_in_it(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    grant_request(cast.budi.actor, on_a_list(cast, "restriction", entry), now=LATER)
    use_again(cast.budi.actor, entry, now=LATER)
    forget_old_lists(System("test"), now=NOW + timedelta(days=800))
    done = set(Act.objects.values_list("act", flat=True))
    assert {"cases.search_file", "cases.restrict_listed", "cases.use_again", "cases.forget_old_lists"} <= done
    assert NAME not in str(list(Act.objects.values()))


@denies(find_entry, use_again, forget_old_lists)
def test_who_may_not_answer_does_nothing(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    request = asked(cast, "erasure")
    for other in (cast.hasan, cast.dewi, cast.joko, cast.kartika, cast.publik):
        with pytest.raises(NotFound):
            find_entry(other.actor, request, entry, now=NOW)
        with pytest.raises(NotFound):
            use_again(other.actor, entry, now=NOW)
        with pytest.raises(Denied):
            forget_old_lists(other.actor, now=NOW)
    with pytest.raises(Denied):
        use_again(cast.ani.actor, entry, now=NOW)
    refuse_request(cast.budi.actor, request, ground="no_file", now=NOW)
    with pytest.raises(Conflict):
        find_entry(cast.budi.actor, request, entry, now=NOW)
