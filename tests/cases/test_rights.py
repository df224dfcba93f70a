"""What people ask about their own data (R4, R6, R8): who answers, what it does, and that a refusal tells nothing."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from simpul.audit.erasers import erase_again
from simpul.audit.models import Act, Erasure
from simpul.cases.models import Case, Consent, ConsentWithdrawal, Escalation, Opening, Party, Restriction, RightsRequest
from simpul.cases.queries.cases import cases_for
from simpul.cases.queries.rights import answers, request_for, requests_for, said_to
from simpul.cases.rules.telling import told_of_request_ref
from simpul.cases.services.consents import give_consent, withdraw_consent
from simpul.cases.services.helping import add_need
from simpul.cases.services.keeping import let_go_of, lift_restriction, restrict_case
from simpul.cases.services.parties import add_party
from simpul.cases.services.retention import end_retention
from simpul.cases.services.rights import (
    check_identity,
    grant_request,
    read_request,
    receive_request,
    refuse_request,
)
from simpul.cases.services.rights_copy import hand_over_copy
from simpul.cases.services.rights_file import find_file, search_file
from simpul.cases.services.sight import end_escalation, escalate_case, exclude_person
from simpul.deadlines.models import Clock
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.people.erasing import wipe
from tests.cases.test_consents import ask as consent_of
from tests.cast import Cast, Played
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.marks import audits, denies

LATER = NOW + timedelta(hours=2)


def asked(cast: Cast, kind: str = "access", capacity: str = "self") -> RightsRequest:
    return receive_request(
        cast.ani.actor, cast.lentera, kind=kind, capacity=capacity, applicant="Pemohon Contoh", now=NOW
    )


def shown(cast: Cast, kind: str, party: Party, capacity: str = "self") -> RightsRequest:
    """Asked, identity shown, file found."""
    request = asked(cast, kind, capacity)
    check_identity(cast.budi.actor, request, proof="ktp", now=NOW)
    return find_file(cast.budi.actor, request, party, now=NOW)


def adult(cast: Cast, **more: object) -> Party:
    return victim_of(make_case(cast.lentera, victim={"name": "Warga Contoh", "age_stated": 30, **more}))


@pytest.mark.parametrize(
    ("kind", "code", "hours"),
    [("correction", "D06", 72), ("access", "D07", 72), ("restriction", "D08", 72), ("withdrawal", "D09", 72)],
)
def test_r6_each_request_has_its_three_times_24_hours(cast: Cast, kind: str, code: str, hours: int) -> None:
    request = asked(cast, kind)
    clock = Clock.objects.get(about_id=request.pk)
    assert (clock.code, clock.due_at - NOW) == (code, timedelta(hours=hours))
    refuse_request(cast.budi.actor, request, ground="no_file", now=LATER)
    clock.refresh_from_db()
    assert (clock.stopped_at, clock.decision) == (LATER, "answered")


def test_r6_no_file_and_a_refused_one_are_answered_alike(cast: Cast) -> None:
    none, kept = asked(cast), shown(cast, "access", adult(cast))
    refuse_request(cast.budi.actor, none, ground="no_file", now=LATER)
    refuse_request(cast.budi.actor, kept, ground="endangers", reason="Pelaku bertanya", now=LATER)
    rows = [RightsRequest.objects.get(pk=pk) for pk in (none.pk, kept.pk)]
    with override("id"):
        assert {str(said_to(row)) for row in rows} == {"Tidak ada data yang dapat kami berikan."}
    clocks = [Clock.objects.get(about_id=row.pk) for row in rows]
    assert len({(c.code, c.due_at, c.decision, c.stopped_at, c.owner_organisation_id) for c in clocks}) == 1
    acts = Act.objects.filter(act="cases.refuse_request").values_list("details", flat=True)
    assert len({str(details) for details in acts}) == 1


def test_r6_the_answer_is_made_without_looking_at_a_file(cast: Cast, django_assert_num_queries: object) -> None:
    kept = shown(cast, "access", adult(cast))
    refuse_request(cast.budi.actor, kept, ground="endangers", reason="Pelaku bertanya", now=LATER)
    row = RightsRequest.objects.get(pk=kept.pk)
    with django_assert_num_queries(0):  # type: ignore[operator]
        said_to(row)


def test_r6_the_accused_is_given_nothing(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"])
    accused = add_party(cast.budi.actor, case, role="alleged", details={"age_stated": 40}, now=NOW)
    for kind in ("access", "correction", "restriction", "erasure", "withdrawal"):
        request = shown(cast, kind, accused)
        with pytest.raises(Conflict) as refused:
            grant_request(cast.budi.actor, request, now=LATER)
        assert refused.value.code == "mandatory_refusal"
    assert Case.objects.filter(pk=case.pk).exists()


def test_nothing_is_done_before_identity_is_shown_and_a_file_found(cast: Cast) -> None:
    request = asked(cast, "erasure")
    for code, step in (
        ("identity", lambda: check_identity(cast.budi.actor, request, proof="known", now=NOW)),
        ("no_file", lambda: find_file(cast.budi.actor, request, adult(cast), now=NOW)),
    ):
        with pytest.raises(Conflict) as refused:
            grant_request(cast.budi.actor, request, now=NOW)
        assert refused.value.code == code
        step()
    assert grant_request(cast.budi.actor, request, now=LATER).answer == "given"


@pytest.mark.parametrize("age", [9, 17, None])
def test_a_guardian_who_asks_for_a_child_is_answered_by_the_supervisor(cast: Cast, age: int | None) -> None:
    party = victim_of(make_case(cast.lentera, victim={"age_stated": age}, types=["K.F"]))
    request = shown(cast, "restriction", party, "parent")
    assert request.level == "supervisor"
    assert Escalation.objects.get(case=party.case).to_organisation == cast.support
    for step in (
        lambda: grant_request(cast.budi.actor, request, now=LATER),
        lambda: refuse_request(cast.budi.actor, request, ground="no_file", now=LATER),
    ):
        with pytest.raises(Denied):
            step()
    assert list(requests_for(cast.kartika.actor)) == [request]
    grant_request(cast.kartika.actor, request, now=LATER)
    assert Restriction.objects.get().case == party.case


def test_the_supervisor_sees_the_case_until_the_answer_and_no_longer(cast: Cast) -> None:
    party = victim_of(make_case(cast.lentera, victim={"age_stated": 9}, types=["K.F"]))
    first, second = (shown(cast, kind, party, "parent") for kind in ("access", "restriction"))
    brought = Escalation.objects.get(case=party.case)
    assert (brought.ground, brought.ended_at) == ("request", None)
    with pytest.raises(Conflict) as refused:
        end_escalation(cast.budi.actor, brought, now=NOW)
    assert refused.value.code == "to_be_answered"
    grant_request(cast.kartika.actor, first, now=LATER)
    brought.refresh_from_db()
    assert brought.ended_at is None  # the other one waits
    refuse_request(cast.kartika.actor, second, ground="endangers", reason="Takut", now=LATER)
    brought.refresh_from_db()
    assert brought.ended_at == LATER
    assert not cases_for(cast.kartika.actor, now=LATER).filter(pk=party.case_id).exists()
    assert [request_for(cast.kartika.actor, row.pk, now=LATER).answer for row in (first, second)] == [
        "given",
        "nothing",
    ]
    assert hand_over_copy(cast.kartika.actor, first, with_story=False, now=LATER).party == party
    exclude_person(MAKER, party.case, cast.kartika.person, now=LATER)
    assert request_for(cast.kartika.actor, first.pk, now=LATER).answer == "nothing"


def test_what_was_brought_for_a_reason_of_its_own_goes_on_after_the_answer(cast: Cast) -> None:
    """A companion who asked for help is not left alone because a parent was answered."""
    party = victim_of(make_case(cast.lentera, victim={"age_stated": 9}, types=["K.F"]))
    request = shown(cast, "access", party, "parent")
    escalate_case(cast.budi.actor, party.case, to=cast.support, reason="Buntu", now=NOW)
    (brought,) = Escalation.objects.filter(case=party.case)
    assert brought.ground == "escalated"
    grant_request(cast.kartika.actor, request, now=LATER)
    brought.refresh_from_db()
    assert brought.ended_at is None
    with pytest.raises(ValueError, match="request"):
        escalate_case(cast.budi.actor, party.case, to=cast.support, reason="x", ground="request", now=NOW)


def test_the_supervisor_may_stop_the_use_at_once_while_a_childs_request_waits(cast: Cast) -> None:
    party = victim_of(make_case(cast.lentera, victim={"age_stated": 9}, types=["K.F"]))
    escalate_case(cast.budi.actor, party.case, to=cast.support, reason="Buntu", now=NOW)
    with pytest.raises(Denied):
        restrict_case(cast.kartika.actor, party.case, reason="Anak takut", now=NOW)
    request = shown(cast, "access", party, "parent")
    row = restrict_case(cast.kartika.actor, party.case, reason="Anak takut", now=NOW)
    assert Restriction.objects.get() == row
    refuse_request(cast.kartika.actor, request, ground="endangers", reason="Takut", now=LATER)
    with pytest.raises(Denied):
        lift_restriction(cast.kartika.actor, row, reason="Selesai", now=LATER)
    lift_restriction(cast.budi.actor, row, reason="Anak setuju", now=LATER)


def test_a_guardian_of_somebody_grown_up_stays_with_the_group(cast: Cast) -> None:
    request = shown(cast, "access", adult(cast), "guardian")
    assert request.level == "group"
    assert grant_request(cast.budi.actor, request, now=LATER).answer == "given"


def test_a_parent_who_is_the_danger_is_given_nothing(cast: Cast) -> None:
    case = make_case(cast.lentera, victim={"age_stated": 12}, types=["K.F"], guardian_conflict=True)
    request = shown(cast, "access", victim_of(case), "parent")
    with pytest.raises(Conflict) as refused:
        grant_request(cast.kartika.actor, request, now=LATER)
    assert refused.value.code == "mandatory_refusal"
    refuse_request(cast.kartika.actor, request, ground="endangers", reason="Orang tua adalah bahaya", now=LATER)


def two_victims(cast: Cast) -> tuple[Party, Party]:
    first = victim_of(make_case(cast.lentera, victim={"name": "Kakak Contoh", "age_stated": 30}, types=["K.F"]))
    second = add_party(
        MAKER, first.case, role="victim", types=["K.P"], details={"name": "Adik Contoh", "age_stated": 21}, now=NOW
    )
    return first, second


def test_one_of_two_has_their_own_data_erased_and_not_the_others(cast: Cast) -> None:
    first, second = two_victims(cast)
    consent_of(second)
    request = grant_request(cast.budi.actor, shown(cast, "erasure", second), now=LATER)
    assert (request.answer, request.applicant) == ("given", None)
    kept, gone = Party.objects.get(pk=first.pk), Party.objects.get(pk=second.pk)
    assert kept.name is not None
    assert (gone.name, gone.nik_index, gone.likeness_index, gone.consents.count()) == (None, None, None, 0)
    # What counts need: the types, the sex, and the band of the age (18 to 24).
    assert ([row.code for row in gone.types.all()], gone.age_stated) == (["K.P"], 18)
    assert gone.erased_at is not None
    assert ("cases.party", second.pk) in set(Erasure.objects.values_list("ref_kind", "ref_id"))
    assert erase_again([second.ref]) == (0, [])


def test_who_reported_has_their_own_data_erased_and_the_case_goes_on(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"], victim={"age_stated": 30})
    reporter = add_party(MAKER, case, role="reporter", details={"name": "Tetangga Contoh"}, now=NOW)
    grant_request(cast.budi.actor, shown(cast, "erasure", reporter), now=LATER)
    assert not Party.objects.filter(pk=reporter.pk).exists()
    assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("kind", ["restriction", "objection"])
def test_one_of_two_stops_the_use_of_their_own_data_and_not_the_help_of_the_other(cast: Cast, kind: str) -> None:
    first, second = two_victims(cast)
    grant_request(cast.budi.actor, shown(cast, kind, second), now=LATER)
    assert Restriction.objects.get().party == second
    add_need(MAKER, first, kind="SV.01", time_frame="now", now=LATER)
    with pytest.raises(Conflict) as refused:
        add_need(MAKER, second, kind="SV.01", time_frame="now", now=LATER)
    assert refused.value.code == "restricted"


def test_whoever_had_the_use_stopped_can_still_agree_and_it_lifts_nothing(cast: Cast) -> None:
    party = adult(cast)
    grant_request(cast.budi.actor, shown(cast, "restriction", party), now=LATER)
    consent_of(party)
    assert Restriction.objects.filter(lifted_at=None).exists()


def test_withdrawal_notes_whose_word_it_was(cast: Cast) -> None:
    """A child's own, a guardian's by name; a parent who is the danger takes nothing back."""
    case = make_case(cast.lentera, victim={"age_stated": 12}, types=["K.F"], guardian_conflict=True)
    child = victim_of(case)

    def given() -> Consent:
        return give_consent(
            MAKER, child, capacity="guardian", given_by="Wali", purposes=["record"], language="id", manner="spoken",
            witness="x", expires_on=NOW.date().replace(year=2027), now=NOW,
        )  # fmt: skip

    own = withdraw_consent(cast.budi.actor, given(), capacity="self", now=LATER)
    assert (own.capacity, own.withdrawn_by) == ("self", None)
    theirs = withdraw_consent(cast.budi.actor, given(), capacity="guardian", withdrawn_by=" Bibi  Contoh ", now=LATER)
    assert theirs.withdrawn_by is not None
    assert (theirs.capacity, theirs.withdrawn_by.open()) == ("guardian", "Bibi Contoh")
    with pytest.raises(Invalid):
        withdraw_consent(cast.budi.actor, given(), capacity="guardian", now=LATER)
    with pytest.raises(Conflict) as refused:
        withdraw_consent(cast.budi.actor, given(), capacity="parent", withdrawn_by="Ayah", now=LATER)
    assert refused.value.code == "guardian_conflict"


def test_what_was_asked_is_emptied_when_its_own_time_is_over(cast: Cast) -> None:
    request = asked(cast)
    refuse_request(cast.budi.actor, request, ground="not_theirs", reason="Bukan dia", now=LATER)
    waiting = asked(cast)
    assert end_retention(MAKER, now=LATER + timedelta(days=700)) == 0
    request.refresh_from_db()
    assert request.applicant is not None
    end_retention(MAKER, now=LATER + timedelta(days=735))
    request.refresh_from_db()
    assert (request.applicant, request.reason, request.answer) == (None, None, "nothing")
    waiting.refresh_from_db()
    assert (waiting.applicant, waiting.answer) == (None, "")  # from when it was asked, if nobody ever answered it


def test_withdrawal_takes_back_all_that_stands(cast: Cast) -> None:
    party = adult(cast)
    first, second = consent_of(party), consent_of(party)
    grant_request(cast.budi.actor, shown(cast, "withdrawal", party), now=LATER)
    assert {row.consent_id for row in ConsentWithdrawal.objects.all()} == {first.pk, second.pk}


KNOWN = ("case_id", "party_id", "level", "answer", "refusal", "found_at", "found_by_id", "answered_by_id")


def known(who: Played, request: RightsRequest) -> tuple[object, ...]:
    """All that somebody gets to know of a request: what stands in it, and what they may do about it."""
    row = request_for(who.actor, request.pk, now=LATER)
    said = None if (words := said_to(row)) is None else str(words)
    told = (row.applicant is not None, row.words is not None, row.reason is not None)
    return (*(getattr(row, field) for field in KNOWN), *told, said, *answers(who.actor, row, now=LATER))


def hidden(cast: Cast, who: Played, kind: str = "access", capacity: str = "self") -> RightsRequest:
    """Its file is of a case that is hidden from `who`. Found by another, who sees it."""
    age = 12 if capacity == "parent" else 30
    party = victim_of(make_case(cast.lentera, victim={"name": "Warga Contoh", "age_stated": age}, types=["K.F"]))
    exclude_person(MAKER, party.case, who.person, now=NOW)  # type: ignore[arg-type]
    return find_file(MAKER, proven(cast, kind, capacity), party, now=NOW)


def proven(cast: Cast, kind: str = "access", capacity: str = "self") -> RightsRequest:
    request = asked(cast, kind, capacity)
    check_identity(MAKER, request, proof="ktp", now=NOW)
    return request


@pytest.mark.parametrize("capacity", ["self", "parent"])
@pytest.mark.parametrize("kind", ["access", "erasure", "restriction"])
def test_for_whom_its_case_is_hidden_a_request_is_one_without_a_file(cast: Cast, kind: str, capacity: str) -> None:
    for who in (cast.budi, cast.kartika) if capacity == "parent" else (cast.budi,):
        none, kept = proven(cast, kind, capacity), hidden(cast, who, kind, capacity)
        assert set(requests_for(who.actor)) >= {none, kept}
        assert known(who, kept) == known(who, none)
        answers_given = set()
        for one in (none, kept):
            with pytest.raises((Conflict, Denied)) as refused:
                grant_request(who.actor, one, now=LATER)
            answers_given.add((refused.type, refused.value.args))
        assert len(answers_given) == 1
        for one in (none, kept):
            refuse_request(who.actor, one, ground="no_file", now=LATER)
        assert known(who, kept) == known(who, none)
        assert not Restriction.objects.exists()


@pytest.mark.parametrize("answer", ["given", "nothing"])
@pytest.mark.parametrize("kind", ["access", "erasure"])
def test_what_others_answered_about_a_hidden_case_tells_nothing_of_it(cast: Cast, kind: str, answer: str) -> None:
    none, kept = proven(cast, kind), hidden(cast, cast.budi, kind)
    refuse_request(MAKER, none, ground="not_shown", now=LATER)
    if answer == "given":
        grant_request(MAKER, kept, now=LATER)
    else:
        refuse_request(MAKER, kept, ground="endangers", reason="Pelaku bertanya", now=LATER)
    assert known(cast.budi, kept) == known(cast.budi, none)
    assert refuse_request(cast.budi.actor, kept, ground="no_file", now=LATER).answer == "nothing"
    with pytest.raises(Conflict) as late:
        grant_request(cast.budi.actor, kept, now=LATER)
    assert late.value.code == "answered"


def test_a_file_that_another_found_out_of_sight_hinders_nobody(cast: Cast) -> None:
    request, other = hidden(cast, cast.budi), adult(cast)
    assert find_file(cast.budi.actor, request, other, now=LATER).party == other
    row = RightsRequest.objects.get(pk=request.pk)
    assert (row.party, row.case, row.found_by) == (other, other.case, cast.budi.person)


@pytest.mark.parametrize("who", ["budi", "kartika"])
def test_the_clock_of_a_request_reaches_the_same_people_whatever_was_found(cast: Cast, who: str) -> None:
    player = cast.budi if who == "budi" else cast.kartika
    for capacity in ("self", "parent"):
        none, kept = proven(cast, capacity=capacity), hidden(cast, player, capacity=capacity)
        told = [told_of_request_ref(one.ref, cast.lentera.pk, ["coordinator"], LATER) for one in (none, kept)]
        assert told[0] == told[1]
        assert player.user.pk in told[0] or (capacity, who) == ("self", "kartika")  # type: ignore[union-attr]


def test_who_waits_for_an_answer_is_answered_after_the_case_was_erased(cast: Cast) -> None:
    """And nobody learns from an emptied request that there was something to erase."""
    party = adult(cast)
    asks, waits = shown(cast, "erasure", party), shown(cast, "access", party)
    grant_request(cast.budi.actor, asks, now=LATER)
    waits.refresh_from_db()
    assert (waits.case_id, waits.applicant is not None) == (None, True)
    assert known(cast.budi, waits) == known(cast.budi, proven(cast))


def test_no_file_and_a_refused_one_leave_the_same_acts(cast: Cast) -> None:
    """Who reads the record of acts learns of nobody's request whether there is a file about them."""
    acts = []
    for capacity, age, found in (("self", 30, False), ("self", 30, True), ("guardian", 30, True)):
        party = adult(cast, age_stated=age)
        request = asked(cast, capacity=capacity)
        check_identity(cast.budi.actor, request, proof="ktp", now=NOW)
        search_file(cast.budi.actor, request, nik="9903994107640001", now=NOW)
        if found:
            find_file(cast.budi.actor, request, party, now=NOW)
        refuse_request(cast.budi.actor, request, ground="endangers" if found else "no_file", reason="x", now=NOW)
        rows = Act.objects.filter(ref_id=request.pk).exclude(act="cases.receive_request").order_by("id")
        acts.append(list(rows.values_list("act", "person_id", "details")))
    assert acts[0] == acts[1] == acts[2]
    assert not Act.objects.filter(act__startswith="cases.find_").exists()


def test_who_found_the_file_stands_in_the_request(cast: Cast) -> None:
    row = request_for(cast.budi.actor, shown(cast, "access", adult(cast)).pk, now=LATER)
    assert (row.found_by, row.found_at) == (cast.budi.person, NOW)


def test_what_was_asked_is_sealed_and_kept_once(cast: Cast) -> None:
    one = uuid7()
    for _ in range(2):
        row = receive_request(
            cast.ani.actor, cast.lentera, kind="access", capacity="self", applicant="Rahasia", now=NOW, id=one
        )
    assert RightsRequest.objects.count() == 1
    assert row.applicant
    assert "Rahasia" not in str(list(RightsRequest.objects.values()))
    with pytest.raises(Conflict):
        receive_request(
            cast.ani.actor, cast.lentera, kind="erasure", capacity="self", applicant="Rahasia", now=NOW, id=one
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "sale"}, "kind"),
        ({"capacity": "neighbour"}, "capacity"),
        ({"applicant": " "}, "applicant"),
        ({"words": "a" * 4001}, "words"),
        ({"asked_at": LATER}, "asked_at"),
    ],
)
def test_requests_that_cannot_be_are_refused(cast: Cast, wrong: dict[str, object], field: str) -> None:
    said: dict[str, object] = {"kind": "access", "capacity": "self", "applicant": "Pemohon", "now": NOW, **wrong}
    with pytest.raises(Invalid) as refused:
        receive_request(cast.ani.actor, cast.lentera, **said)  # type: ignore[arg-type]
    assert refused.value.field == field


@audits(receive_request, check_identity, find_file, grant_request, refuse_request, search_file, read_request)
def test_what_is_asked_is_recorded_without_anybody_in_it(cast: Cast) -> None:
    request = shown(cast, "restriction", adult(cast))
    for _ in range(2):
        grant_request(cast.budi.actor, request, now=LATER)
    with pytest.raises(Conflict):
        refuse_request(cast.budi.actor, request, ground="no_file", now=LATER)
    read_request(cast.budi.actor, request)
    other = asked(cast)
    search_file(cast.budi.actor, other, nik="9903994107640001", now=LATER)
    for _ in range(2):
        refuse_request(cast.budi.actor, other, ground="no_file", now=LATER)
    acts = Act.objects.filter(ref_kind="cases.rightsrequest").order_by("id").values_list("act", flat=True)
    assert list(acts) == [
        "cases.receive_request", "cases.check_identity", "cases.search_file", "cases.grant_request",
        "cases.read_request", "cases.receive_request", "cases.search_file", "cases.refuse_request",
    ]  # fmt: skip
    assert "Pemohon" not in str(list(Act.objects.values()))
    assert "9903994107640001" not in str(list(Act.objects.values()))


@audits(hand_over_copy)
@denies(hand_over_copy)
def test_a_copy_is_made_once_it_was_granted_by_who_answers(cast: Cast) -> None:
    party = adult(cast)
    request = shown(cast, "access", party)
    with pytest.raises(Conflict) as early:
        hand_over_copy(cast.budi.actor, request, with_story=False, now=LATER)
    assert early.value.code == "not_granted"
    request = grant_request(cast.budi.actor, request, now=LATER)
    for other in (cast.ani, cast.hasan, cast.kartika, cast.dewi, cast.joko):
        with pytest.raises(NotFound):
            hand_over_copy(other.actor, request, with_story=False, now=LATER)
    copy = hand_over_copy(cast.budi.actor, request, with_story=False, now=LATER)
    assert (copy.particulars["name"], copy.story, copy.looks) == ("Warga Contoh", "", [])
    act = Act.objects.get(act="cases.hand_over_copy")
    assert (act.ref_id, act.details) == (request.pk, {"story": False})


@denies(receive_request, check_identity, find_file, grant_request, refuse_request, search_file, read_request)
def test_who_may_not_answer_does_nothing(cast: Cast) -> None:
    party = adult(cast)
    request = asked(cast)
    for other in (cast.hasan, cast.dewi, cast.joko, cast.kartika, cast.publik):
        with pytest.raises(Denied):
            receive_request(other.actor, cast.lentera, kind="access", capacity="self", applicant="X", now=NOW)
    for other in (cast.ani, cast.hasan, cast.dewi, cast.joko, cast.kartika, cast.publik):
        assert not requests_for(other.actor).exists()
        for step in (
            lambda a: check_identity(a, request, proof="ktp", now=NOW),
            lambda a: find_file(a, request, party, now=NOW),
            lambda a: search_file(a, request, nik="9903994107640001", now=NOW),
            lambda a: read_request(a, request),
            lambda a: grant_request(a, request, now=NOW),
            lambda a: refuse_request(a, request, ground="no_file", now=NOW),
        ):
            with pytest.raises(NotFound):
                step(other.actor)


def test_nothing_is_copied_of_whose_data_were_erased(cast: Cast) -> None:
    party = adult(cast)
    request = grant_request(cast.budi.actor, shown(cast, "access", party), now=LATER)
    let_go_of(MAKER, party)
    with pytest.raises(Conflict) as gone:
        hand_over_copy(cast.budi.actor, RightsRequest.objects.get(pk=request.pk), with_story=True, now=LATER)
    assert gone.value.code == "not_granted"


def test_the_trail_tells_people_apart_and_an_erased_one_from_the_platform(cast: Cast) -> None:
    party = adult(cast)
    request = grant_request(cast.budi.actor, shown(cast, "access", party), now=LATER)
    for person in (cast.ani.person, cast.budi.person, None):
        Opening.objects.create(case=party.case, person=person, page="cases:case", at=NOW)
    for person in (cast.ani.person, cast.budi.person):
        wipe(person)  # type: ignore[arg-type]
    copy = hand_over_copy(cast.budi.actor, request, with_story=False, now=LATER)
    assert sorted(look.name for look in copy.looks) == ["", "–", "–"]
