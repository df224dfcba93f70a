"""Several rows are held in one order everywhere: two who do different things at once both come to an end.

On PostgreSQL a wrong order is a deadlock, and one of the two fails with an error of the database; on SQLite one waits
for the other. What may be refused is refused in words of ours.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from simpul.cases.export_kinds import Part
from simpul.cases.models import Case, CaseExport, Party, Referral, RightsRequest
from simpul.cases.services.exports import prepare_export, request_export
from simpul.cases.services.keeping import erase_case
from simpul.cases.services.listed import forget_old_lists
from simpul.cases.services.progress import mark_duplicate
from simpul.cases.services.referral_answers import answer_referral
from simpul.cases.services.rights import check_identity, grant_request, receive_request, refuse_request
from simpul.cases.services.rights_copy import hand_over_copy
from simpul.cases.services.rights_file import find_entry, find_file
from simpul.cases.services.tickets import add_to_ticket, open_ticket
from simpul.cases.services.transfer_answers import accept_transfer
from simpul.kernel.actor import System
from simpul.kernel.errors import SimpulError
from simpul.kernel.ids import uuid7
from tests.cast import Cast, Played
from tests.factories.cases import NOW, make_case, victim_of, village
from tests.factories.referrals import make_matter, make_office, make_referral
from tests.factories.transfers import make_coordinator, make_offer
from tests.racing import at_once

pytestmark = pytest.mark.racing
LATER = NOW + timedelta(hours=1)
ROUNDS = 3


@pytest.fixture
def cast(raced: None, stage: Any) -> Cast:
    found: Cast = stage.set_up()
    found.played["lestari"] = make_coordinator(found.other_group)
    return found


def all_end(*acts: Callable[[], object]) -> list[object]:
    """What each came to: done, or refused by a rule of ours; never an error of the database."""
    ends = at_once(*acts)
    assert [end for end in ends if isinstance(end, Exception) and not isinstance(end, SimpulError)] == []
    return ends


def lestari(cast: Cast) -> Played:
    return cast.played["lestari"]


def handed_over(cast: Cast, case: Case) -> Callable[[], object]:
    """What the other group's coordinator does with what it was offered."""
    return partial(accept_transfer, lestari(cast).actor, make_offer(cast, case=case), now=LATER)


def erased(cast: Cast, case: Case) -> Callable[[], object]:
    return partial(erase_case, cast.budi.actor, case, ground="mistake", now=LATER)


def asked(cast: Cast, kind: str, party: Party | None = None) -> RightsRequest:
    """Asked, identity shown; with `party` its file found."""
    row = receive_request(
        cast.budi.actor, cast.lentera, kind=kind, capacity="self", applicant="Pemohon Contoh", now=NOW
    )
    check_identity(cast.budi.actor, row, proof="ktp", now=NOW)
    return find_file(cast.budi.actor, row, party, now=NOW) if party else row


@pytest.mark.parametrize("kind", ["erasure", "restriction", "withdrawal", "access"])
def test_what_is_asked_about_a_case_is_answered_while_it_is_handed_over(cast: Cast, kind: str) -> None:
    budi = cast.budi.actor
    for _round in range(ROUNDS):
        case = make_matter(cast)
        party, take = victim_of(case), handed_over(cast, case)
        answered, waiting = asked(cast, kind, party), asked(cast, kind)
        all_end(
            take,
            partial(grant_request, budi, answered, now=LATER),
            partial(find_file, budi, waiting, party, now=LATER),
        )


def test_it_is_refused_and_handed_out_while_the_case_is_handed_over(cast: Cast) -> None:
    budi = cast.budi.actor
    for _round in range(ROUNDS):
        case = make_matter(cast)
        party, take = victim_of(case), handed_over(cast, case)
        refused, given = asked(cast, "access", party), grant_request(budi, asked(cast, "access", party), now=NOW)
        all_end(
            take,
            partial(refuse_request, budi, refused, ground="no_file", now=LATER),
            partial(hand_over_copy, budi, given, with_story=False, now=LATER),
        )


def test_one_of_a_family_is_erased_while_another_is_handed_over(cast: Cast) -> None:
    """Whichever was first: a case is gone with all that are marked as the same, or all of them are handed over."""
    for turn in range(2 * ROUNDS):
        pair = make_matter(cast), make_matter(cast)
        stays, twin = pair if turn % 2 else pair[::-1]
        take = handed_over(cast, stays)
        mark_duplicate(cast.budi.actor, twin, of=stays, now=NOW)
        all_end(take, erased(cast, twin))
        left = Case.objects.filter(pk__in=(stays.pk, twin.pk)).values_list("owner_organisation", flat=True)
        assert list(left) in ([], [cast.other_group.pk] * 2)


@pytest.mark.parametrize("end", [handed_over, erased])
def test_an_office_answers_while_the_case_leaves_the_group(
    cast: Cast, end: Callable[[Cast, Case], Callable[[], object]]
) -> None:
    office = make_office(cast)
    for _round in range(ROUNDS):
        case = make_matter(cast)
        letter = make_referral(cast, case=case, office=office)
        no = partial(answer_referral, cast.citra.actor, letter, act="refuse", words="Penuh.", now=LATER)
        all_end(end(cast, case), no)
        assert Referral.objects.filter(pk=letter.pk).exists() is (end is handed_over)


def test_a_file_of_the_register_is_made_while_one_of_its_cases_is_erased(cast: Cast) -> None:
    for _round in range(ROUNDS):
        case = make_case(cast.lentera)
        all_end(partial(prepare_export, cast.budi.actor, _export(cast), now=LATER), erased(cast, case))
        assert not Case.objects.filter(pk=case.pk).exists()


def test_a_list_is_forgotten_while_somebody_on_it_is_answered(cast: Cast) -> None:
    budi, long_after = cast.budi.actor, NOW + timedelta(days=3000)
    for _round in range(ROUNDS):
        ticket = open_ticket(budi, cast.lentera, area=village(), service_on=NOW.date(), place="Balai desa", now=NOW)
        entry = add_to_ticket(budi, ticket, person={"name": "Warga Contoh"}, documents=["identity_card"], now=NOW)
        found, waiting = find_entry(budi, asked(cast, "erasure"), entry, now=NOW), asked(cast, "erasure")
        all_end(
            partial(forget_old_lists, System("cases"), now=long_after),
            partial(grant_request, budi, found, now=LATER),
            partial(find_entry, budi, waiting, entry, now=LATER),
        )
        entry.refresh_from_db()
        assert entry.name is None


def _export(cast: Cast) -> CaseExport:
    return request_export(
        cast.budi.actor, cast.lentera, kind="xlsx", part=Part(), password="kata-sandi-yang-panjang", reason="Laporan",
        id=uuid7(), now=NOW,
    )  # fmt: skip
