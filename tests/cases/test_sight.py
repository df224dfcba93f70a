"""Need to know: who sees which case, for the whole cast."""

from datetime import timedelta

import pytest

from simpul.access.queries import actor_for
from simpul.access.services import grant_role
from simpul.access.services.emergencies import break_glass
from simpul.audit.models import Act
from simpul.cases.holding import HOLDING
from simpul.cases.models import Assignment, Case, Exclusion
from simpul.cases.queries.cases import (
    assignments_of,
    case_for,
    cases_for,
    clashes_of,
    escalations_of,
    exclusions_of,
    openings_of,
    parties_of,
    party_for,
    steps_of,
)
from simpul.cases.queries.duplicates import likely_duplicates_for
from simpul.cases.queries.file import people_of
from simpul.cases.rules.emergencies import find_in_emergency
from simpul.cases.services.opening import open_case
from simpul.cases.services.parties import add_party, change_types
from simpul.cases.services.sight import (
    assign_companion,
    end_assignment,
    end_escalation,
    escalate_case,
    exclude_person,
    lift_exclusion,
    log_opening,
    look_at,
    name_coordinator,
)
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Denied, Invalid, NotFound
from tests.cast import NAMES, Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.marks import audits, denies

LATER = NOW + timedelta(hours=1)


def sees(cast: Cast, key: str, case: Case) -> bool:
    """By the list, and by the one case: both always agree."""
    actor = cast.played[key].actor
    listed = cases_for(actor, now=LATER).filter(pk=case.pk).exists()
    try:
        case_for(actor, case.pk, now=LATER)
    except NotFound:
        assert not listed
        return False
    assert listed
    return True


def seeing(cast: Cast, case: Case) -> set[str]:
    return {key for key in NAMES if sees(cast, key, case)}


def test_a_social_case_is_seen_by_the_group_that_keeps_it(cast: Cast) -> None:
    assert seeing(cast, make_case(cast.lentera)) == {"ani", "budi"}


@pytest.mark.parametrize("types", [["K.F"], ["PA.1"], ["K.S.2", "AD.1"]])
def test_a_protected_case_is_seen_by_its_companion_and_the_coordinator(cast: Cast, types: list[str]) -> None:
    case = make_case(cast.lentera, types=types)
    assert seeing(cast, case) == {"budi"}
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)
    assert seeing(cast, case) == {"ani", "budi"}


def test_who_opens_a_protected_case_keeps_sight_of_it(cast: Cast) -> None:
    assert seeing(cast, make_case(cast.lentera, actor=cast.ani.actor, types=["K.P"])) == {"ani", "budi"}


def test_sight_of_a_protected_case_ends_with_the_assignment(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.P"])
    end_assignment(cast.budi.actor, Assignment.objects.get(case=case), now=NOW)
    assert seeing(cast, case) == {"budi"}


def test_an_excluded_coordinator_sees_nothing_of_it(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    like = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    exclude_person(cast.ani.actor, case, cast.budi.person, reason="Saudara terlapor", now=NOW)
    budi = cast.budi.actor
    assert seeing(cast, case) == {"ani"}
    assert cases_for(budi, now=LATER).count() == 1
    assert not steps_of(budi, case, now=LATER).exists()
    for ask in (assignments_of, clashes_of, escalations_of, exclusions_of, openings_of):
        with pytest.raises(NotFound):
            ask(budi, case, now=LATER)
    assert not parties_of(budi, case, now=LATER).exists()
    with pytest.raises(NotFound):
        party_for(budi, victim_of(case).pk, now=LATER)
    with pytest.raises(NotFound):
        assign_companion(budi, case, cast.budi.person, now=LATER)
    assert likely_duplicates_for(budi, like, now=LATER) == []


def test_an_excluded_coordinator_opens_nothing_in_an_emergency(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"], hide_from=[cast.budi.person])
    break_glass(
        cast.budi.actor, case.ref, organisation=cast.lentera, reason="Keluarga menelepon, keadaannya gawat.", now=NOW
    )
    assert seeing(cast, case) == set()


def test_an_exclusion_binds_from_the_first_moment_and_can_be_lifted(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, hide_from=[cast.budi.person])
    assert seeing(cast, case) == {"ani"}
    lift_exclusion(MAKER, Exclusion.objects.get(case=case), now=NOW)
    assert seeing(cast, case) == {"ani", "budi"}


def test_an_exclusion_is_lifted_by_the_coordinator_it_is_for_or_who_asked_for_it(cast: Cast) -> None:
    """Never by a companion, whom somebody could press; nor by another coordinator once one is assigned to the case."""
    hasan = cast.hasan
    grant_role(MAKER, hasan.person, role="coordinator", organisation=cast.lentera, reason="Musyawarah", now=NOW)  # type: ignore[arg-type]
    other = actor_for(hasan.user.pk, now=NOW, second_factor=True)  # type: ignore[union-attr]

    def hidden(case: Case, by: Actor) -> Exclusion:
        return exclude_person(by, case, cast.gede.person, now=NOW)  # type: ignore[arg-type]

    def may(who: Actor, row: Exclusion) -> bool:
        try:
            lift_exclusion(who, row, now=NOW)
        except Denied:
            return False
        return True

    case = make_case(cast.lentera, actor=cast.ani.actor)
    assert not may(cast.ani.actor, hidden(case, cast.ani.actor))
    assert may(other, hidden(case, cast.ani.actor))
    name_coordinator(cast.budi.actor, case, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    assert not may(other, hidden(case, cast.ani.actor))
    assert may(cast.budi.actor, hidden(case, cast.ani.actor))
    assert may(other, hidden(case, other))


def test_excluding_ends_the_assignment(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    exclude_person(cast.budi.actor, case, cast.ani.person, now=NOW)
    assert not Assignment.objects.filter(case=case, ended_at=None).exists()
    with pytest.raises(Invalid) as refused:
        assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)
    assert refused.value.code == "person"


def test_the_supervisor_sees_a_case_only_while_it_is_escalated(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    other = make_case(cast.lentera)
    row = escalate_case(cast.ani.actor, case, to=cast.support, reason="Rujukan tidak dijawab", now=NOW)
    assert seeing(cast, case) == {"ani", "budi", "kartika"}
    assert not sees(cast, "kartika", other)
    end_escalation(cast.kartika.actor, row, now=NOW)
    assert not sees(cast, "kartika", case)


def test_an_excluded_supervisor_sees_no_escalated_case(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"], hide_from=[cast.kartika.person])
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Rujukan tidak dijawab", now=NOW)
    assert seeing(cast, case) == {"ani", "budi"}


def test_a_case_is_escalated_to_who_accompanies_the_group_alone(cast: Cast) -> None:
    case = make_case(cast.lentera)
    with pytest.raises(Invalid):
        escalate_case(cast.ani.actor, case, to=cast.network, reason="Salah alamat", now=NOW)


def test_secretariat_operator_and_the_rest_see_no_case_at_all(cast: Cast) -> None:
    for types in (["AD.1"], ["K.S"]):
        make_case(cast.lentera, types=types)
    for key in set(NAMES) - {"ani", "budi"}:
        assert cases_for(cast.played[key].actor, now=LATER).count() == 0


def test_a_case_out_of_sight_answers_as_one_that_is_not_there(cast: Cast) -> None:
    case = make_case(cast.lentera)
    missing = Case(pk=victim_of(case).pk)
    errors = []
    for wanted in (case, missing):
        with pytest.raises(NotFound) as out:
            case_for(cast.hasan.actor, wanted.pk, now=LATER)
        errors.append((str(out.value), out.value.kind))
    assert errors[0] == errors[1]


def test_r11_the_accused_is_the_coordinators_alone(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    with pytest.raises(Denied):
        add_party(cast.ani.actor, case, role="alleged", details={"name": "Terlapor Contoh"}, now=NOW)
    accused = add_party(cast.budi.actor, case, role="alleged", details={"name": "Terlapor Contoh"}, now=NOW)
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Rujukan tidak dijawab", now=NOW)
    assert accused in parties_of(cast.budi.actor, case, now=LATER)
    for key in ("ani", "kartika"):
        assert [p.role for p in parties_of(cast.played[key].actor, case, now=LATER)] == ["victim"]
        with pytest.raises(NotFound):
            party_for(cast.played[key].actor, accused.pk, now=LATER)


def test_making_a_case_protected_hides_it_from_the_rest_of_the_group(cast: Cast) -> None:
    case = make_case(cast.lentera)
    assert seeing(cast, case) == {"ani", "budi"}
    change_types(cast.budi.actor, victim_of(case), types=["AD.1", "K.P"], now=NOW)
    assert seeing(cast, case) == {"budi"}


def test_only_the_coordinator_opens_a_protected_case_to_the_group(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.P"])
    with pytest.raises(Denied) as refused:
        change_types(cast.ani.actor, victim_of(case), types=["AD.1"], now=NOW)
    assert refused.value.permission == "case.coordinate"
    assert Case.objects.get(pk=case.pk).protected
    change_types(cast.budi.actor, victim_of(case), types=["AD.1"], now=NOW)
    assert (Case.objects.get(pk=case.pk).branch, Case.objects.get(pk=case.pk).protected) == ("social", False)


def test_nobody_hides_a_case_from_themself(cast: Cast) -> None:
    case = make_case(cast.lentera)
    with pytest.raises(Invalid):
        exclude_person(cast.ani.actor, case, cast.ani.person, now=NOW)
    with pytest.raises(Invalid):
        make_case(cast.lentera, actor=cast.ani.actor, hide_from=[cast.ani.person])
    assert Case.objects.count() == 1


def test_only_those_who_keep_cases_there_are_assigned(cast: Cast) -> None:
    case = make_case(cast.lentera)
    for key in ("hasan", "dewi", "kartika"):
        with pytest.raises(Invalid):
            assign_companion(cast.budi.actor, case, cast.played[key].person, now=NOW)


@audits(assign_companion, end_assignment, exclude_person, lift_exclusion, escalate_case, end_escalation, log_opening)
def test_what_changes_sight_is_recorded(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"])
    budi, ani = cast.budi.actor, cast.ani
    row = assign_companion(budi, case, ani.person, now=NOW)
    assert assign_companion(budi, case, ani.person, now=NOW) == row
    end_assignment(budi, row, now=NOW)
    end_assignment(budi, row, now=NOW)
    hidden = exclude_person(budi, case, ani.person, reason="Bertetangga", now=NOW)
    assert exclude_person(budi, case, ani.person, now=NOW) == hidden
    lift_exclusion(budi, hidden, now=NOW)
    lift_exclusion(budi, hidden, now=NOW)
    brought = escalate_case(budi, case, to=cast.support, reason="Tidak dijawab", now=NOW)
    assert escalate_case(budi, case, to=cast.support, reason="Tidak dijawab", now=NOW) == brought
    end_escalation(budi, brought, now=NOW)
    log_opening(budi, case, page="cases:case", now=NOW)
    acts = Act.objects.filter(ref_id=case.pk).order_by("id").values_list("act", flat=True)
    assert list(acts) == [
        "cases.open_case",
        "cases.assign_companion",
        "cases.end_assignment",
        "cases.exclude_person",
        "cases.lift_exclusion",
        "cases.escalate_case",
        "cases.end_escalation",
        "cases.log_opening",
    ]
    assert "Bertetangga" not in str(list(Act.objects.values()))
    assert [o.page for o in openings_of(budi, case, now=LATER)] == ["cases:case"]


@denies(assign_companion, end_assignment, exclude_person, lift_exclusion, escalate_case, end_escalation, log_opening)
def test_sight_is_not_arranged_by_others(cast: Cast) -> None:
    case = make_case(cast.lentera)
    row = name_coordinator(cast.budi.actor, case, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    hidden = exclude_person(cast.budi.actor, case, cast.gede.person, now=NOW)
    brought = escalate_case(cast.budi.actor, case, to=cast.support, reason="Tidak dijawab", now=NOW)
    with pytest.raises(Denied):
        assign_companion(cast.ani.actor, case, cast.ani.person, now=NOW)
    with pytest.raises(Denied):
        end_assignment(cast.ani.actor, row, now=NOW)
    with pytest.raises(Denied):
        end_escalation(cast.ani.actor, brought, now=NOW)
    kartika = cast.kartika.actor  # sees it, and changes nothing
    for refused in (
        lambda: exclude_person(kartika, case, cast.ani.person, now=NOW),
        lambda: lift_exclusion(kartika, hidden, now=NOW),
        lambda: escalate_case(kartika, case, to=cast.support, reason="x", now=NOW),
    ):
        with pytest.raises(Denied):
            refused()
    for actor in (cast.hasan.actor, cast.dewi.actor, Anonymous()):
        with pytest.raises(NotFound):
            log_opening(actor, case, page="cases:case", now=NOW)
        with pytest.raises(NotFound):
            exclude_person(actor, case, cast.ani.person, now=NOW)
        with pytest.raises(NotFound):
            end_escalation(actor, brought, now=NOW)
    with pytest.raises(Denied):
        open_case(
            kartika, cast.lentera, area=case.area, branch="social", types=["AD.1"], victim={}, narrative="",
            channel="phone", relation="self", now=NOW,
        )  # fmt: skip


def test_openings_are_read_by_the_coordinator_alone(cast: Cast) -> None:
    case = make_case(cast.lentera)
    log_opening(MAKER, case, page="cases:case", now=NOW)
    with pytest.raises(Denied):
        openings_of(cast.ani.actor, case, now=LATER)
    with pytest.raises(Denied):
        clashes_of(cast.ani.actor, case, now=LATER)


@audits(look_at)
@denies(look_at)
def test_no_case_is_looked_at_unlogged(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"])
    assert look_at(cast.budi.actor, case.pk, page="cases:case", now=NOW) == case
    assert Act.objects.filter(ref_id=case.pk, act="cases.log_opening").count() == 1
    for key in ("ani", "hasan", "dewi", "joko", "publik"):
        with pytest.raises(NotFound):
            look_at(cast.played[key].actor, case.pk, page="cases:case", now=NOW)
    with pytest.raises(ValueError, match="named in code"):
        look_at(cast.budi.actor, case.pk, page="Kasus Inaq", now=NOW)
    assert [o.page for o in openings_of(cast.budi.actor, case, now=NOW)] == ["cases:case"]


def test_a_case_found_for_somebody_is_found_for_them_alone_and_for_that_instant(cast: Cast) -> None:
    """What one asked at one instant is not asked again; whoever else gets hold of the row is asked like everybody."""
    case, budi = make_case(cast.lentera), cast.budi
    found = look_at(budi.actor, case.pk, page="cases:case", now=LATER)
    assert steps_of(budi.actor, found, now=LATER).exists()
    assert people_of(budi.actor, found, now=LATER)
    assert not steps_of(cast.hasan.actor, found, now=LATER).exists()
    assert people_of(cast.hasan.actor, found, now=LATER) == []
    exclude_person(cast.ani.actor, case, budi.person, now=LATER)
    assert not steps_of(budi.actor, found, now=LATER + timedelta(microseconds=1)).exists()
    assert people_of(budi.actor, found, now=LATER + timedelta(microseconds=1)) == []


def test_a_case_is_found_by_its_number_in_an_emergency_unless_hidden(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["K.F"])
    assert find_in_emergency(cast.budi.actor, cast.lentera, f" {case.code.lower()} ") == case.ref
    assert find_in_emergency(cast.budi.actor, cast.other_group, case.code) is None
    exclude_person(MAKER, case, cast.budi.person, now=NOW)
    assert find_in_emergency(cast.budi.actor, cast.lentera, case.code) is None


def test_who_helps_in_a_case_is_not_erased_before_somebody_takes_over(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    refused = HOLDING.refuses(cast.ani.person, NOW)
    assert refused is not None
    assert refused.code == "helps_in_a_case"
    end_assignment(cast.budi.actor, Assignment.objects.get(case=case), now=NOW)
    assert HOLDING.refuses(cast.ani.person, NOW) is None
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)
    HOLDING.erase(cast.ani.person)
    assert not Assignment.objects.filter(ended_at=None).exists()
