"""The people of a case: ages, corrections, two people at once."""

from datetime import date, timedelta

import pytest

from simpul.audit.models import Act
from simpul.cases.models import Case, FieldClash, Party
from simpul.cases.queries.cases import clashes_of, parties_of, tags_of
from simpul.cases.services.clashes import settle_clash
from simpul.cases.services.parties import add_party, change_types, correct_party, tag_party
from simpul.cases.services.sight import escalate_case
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies
from tests.racing import at_once

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("age", "child", "too_young_to_marry"), [(14, True, True), (17, True, True), (18, False, True), (19, False, False)]
)
def test_r3_two_ages_are_computed_from_the_age_given(
    cast: Cast, age: int, child: bool, too_young_to_marry: bool
) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"age_stated": age}))
    on = NOW.date()
    assert (victim.is_child(on), victim.below_marriage_age(on)) == (child, too_young_to_marry)
    assert victim.age_on(on + timedelta(days=366)) == age + 1


def test_r3_two_ages_are_computed_from_the_birth_date_to_the_day(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"birth_date": date(2007, 3, 3), "age_stated": 40}))
    day_before, birthday = date(2025, 3, 2), date(2025, 3, 3)
    assert (victim.is_child(day_before), victim.is_child(birthday)) == (True, False)
    assert victim.below_marriage_age(birthday)
    assert not victim.below_marriage_age(date(2026, 3, 3))
    unknown = victim_of(make_case(cast.lentera))
    assert (unknown.is_child(birthday), unknown.below_marriage_age(birthday)) == (None, None)


def test_somebody_born_on_a_leap_day_comes_of_age_on_the_first_of_march(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"birth_date": date(2004, 2, 29)}))
    assert victim.is_child(date(2022, 2, 28))
    assert not victim.is_child(date(2022, 3, 1))


@audits(add_party, correct_party, change_types, tag_party, settle_clash)
def test_what_is_done_to_people_is_recorded_without_them(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor)
    party = add_party(cast.ani.actor, case, role="reporter", details={"name": "Pelapor Contoh"}, now=NOW)
    one = correct_party(cast.ani.actor, party, {"name": "Pelapor Lain"}, seen=party.version, now=NOW)
    assert one.written == ("name",)
    correct_party(cast.budi.actor, party, {"name": "Pelapor Ketiga"}, seen=1, now=NOW)
    settle_clash(cast.budi.actor, FieldClash.objects.get(), take=True, now=LATER)
    victim = victim_of(case)
    tag_party(cast.ani.actor, victim, tags=["poor", "no_nik"], now=NOW)
    tag_party(cast.ani.actor, victim, tags=["poor", "no_nik"], now=NOW)
    tag_party(cast.ani.actor, victim, tags=["elderly"], now=NOW)
    assert [t.code for t in victim.tags.all()] == ["elderly"]
    change_types(cast.ani.actor, victim, types=["AD.3"], now=NOW)
    change_types(cast.ani.actor, victim, types=["AD.3"], now=NOW)
    acts = list(Act.objects.filter(ref_id=case.pk).order_by("id").values_list("act", flat=True))
    assert acts == [
        "cases.open_case", "cases.add_party", "cases.correct_party", "cases.correct_party", "cases.settle_clash",
        "cases.tag_party", "cases.tag_party", "cases.change_types",
    ]  # fmt: skip
    assert "Pelapor" not in str(list(Act.objects.values()))


@denies(add_party, correct_party, change_types, tag_party, settle_clash)
def test_who_may_not_record_changes_nobody(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor)
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Tidak dijawab", now=NOW)
    victim = victim_of(case)
    correct_party(cast.ani.actor, victim, {"name": "A"}, seen=1, now=NOW)
    correct_party(cast.budi.actor, victim, {"name": "B"}, seen=1, now=NOW)
    clash = FieldClash.objects.get()
    with pytest.raises(Denied):
        settle_clash(cast.ani.actor, clash, take=True, now=NOW)
    for actor, error in ((cast.kartika.actor, Denied), (cast.hasan.actor, NotFound), (cast.dewi.actor, NotFound)):
        for refused in (
            lambda a: add_party(a, case, role="reporter", details={}, now=NOW),
            lambda a: correct_party(a, victim, {"name": "X"}, seen=9, now=NOW),
            lambda a: change_types(a, victim, types=["AD.3"], now=NOW),
            lambda a: tag_party(a, victim, tags=["poor"], now=NOW),
            lambda a: settle_clash(a, clash, take=True, now=NOW),
        ):
            with pytest.raises(error):
                refused(actor)


def test_the_accused_is_corrected_by_the_coordinator_alone(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor, types=["K.F"])
    accused = add_party(cast.budi.actor, case, role="alleged", details={"name": "X"}, now=NOW)
    with pytest.raises(NotFound):
        correct_party(cast.ani.actor, accused, {"name": "Y"}, seen=1, now=NOW)


def test_a_person_sent_twice_is_one(cast: Cast) -> None:
    case, other, one = make_case(cast.lentera), make_case(cast.lentera), uuid7()
    first = add_party(MAKER, case, role="reporter", details={}, id=one, now=NOW)
    assert add_party(MAKER, case, role="reporter", details={}, id=one, now=NOW) == first
    with pytest.raises(Conflict):
        add_party(MAKER, other, role="reporter", details={}, id=one, now=NOW)
    assert Party.objects.filter(role="reporter").count() == 1


def test_different_fields_of_two_people_merge(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"name": "Awal"}))
    correct_party(cast.ani.actor, victim, {"phone": "080000000001"}, seen=victim.version, now=NOW)
    second = correct_party(cast.budi.actor, victim, {"name": "Akhir"}, seen=victim.version, now=LATER)
    assert (second.written, second.clashing) == (("name",), ())
    row = Party.objects.get(pk=victim.pk)
    assert row.name
    assert row.phone
    assert (row.name.open(), row.phone.open()) == ("Akhir", "080000000001")


def test_the_same_field_keeps_both_values_for_the_coordinator(cast: Cast) -> None:
    case = make_case(cast.lentera, victim={"name": "Awal"})
    victim = victim_of(case)
    correct_party(cast.budi.actor, victim, {"name": "Pertama"}, seen=victim.version, now=NOW)
    for _ in range(2):  # sent again, it is kept once
        second = correct_party(cast.ani.actor, victim, {"name": "Kedua", "alias": "K"}, seen=victim.version, now=LATER)
    assert second.clashing == ("name",)
    row = Party.objects.get(pk=victim.pk)
    assert row.name
    assert row.alias
    assert (row.name.open(), row.alias.open()) == ("Pertama", "K")
    [clash] = clashes_of(cast.budi.actor, case, now=LATER)
    assert clash.offered
    assert (clash.field, clash.offered.open(), clash.offered_by) == ("name", "Kedua", cast.ani.person)
    settle_clash(cast.budi.actor, clash, take=True, now=LATER)
    settle_clash(cast.budi.actor, clash, take=False, now=LATER)
    row = Party.objects.get(pk=victim.pk)
    assert row.name
    assert row.name.open() == "Kedua"
    assert not clashes_of(cast.budi.actor, case, now=LATER).exists()


def test_the_same_words_from_both_are_no_clash(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera))
    correct_party(cast.ani.actor, victim, {"name": "Sama"}, seen=1, now=NOW)
    again = correct_party(cast.budi.actor, victim, {"name": " Sama "}, seen=1, now=NOW)
    assert (again.written, again.clashing, FieldClash.objects.count()) == ((), (), 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sex": "X"}, "sex"),
        ({"relation": "enemy"}, "relation"),
        ({"age_stated": 200}, "age_stated"),
        ({"safe_contact": {"hours": "a" * 201}}, "safe_contact"),
        ({"safe_contact": {"safe_to_call": "ya"}}, "safe_contact"),
    ],
)
def test_particulars_that_cannot_be_are_refused(cast: Cast, wrong: dict[str, object], field: str) -> None:
    victim = victim_of(make_case(cast.lentera))
    with pytest.raises(Invalid) as refused:
        correct_party(MAKER, victim, wrong, seen=1, now=NOW)
    assert refused.value.field == field


def test_a_number_of_any_shape_is_kept(cast: Cast) -> None:
    victim = victim_of(make_case(cast.lentera, victim={"nik": "9903 99.41-0764"}))
    assert victim.nik
    assert victim.nik.open() == "990399410764"
    assert victim.nik_index is None


def test_unknown_roles_tags_and_types_are_refused(cast: Cast) -> None:
    case = make_case(cast.lentera)
    reporter = add_party(MAKER, case, role="reporter", details={}, now=NOW)
    for refused in (
        lambda: add_party(MAKER, case, role="judge", details={}, now=NOW),
        lambda: add_party(MAKER, case, role="victim", details={}, now=NOW),  # of what?
        lambda: tag_party(MAKER, reporter, tags=["rich"], now=NOW),
        lambda: change_types(MAKER, reporter, types=["AD.1"], now=NOW),
        lambda: change_types(MAKER, victim_of(case), types=[], now=NOW),
    ):
        with pytest.raises(Invalid):
            refused()


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_two_who_write_the_same_field_at_once_lose_nothing() -> None:
    case = make_case(make_organisation(), victim={"name": "Awal"})
    victim = victim_of(case)
    answers = at_once(
        lambda: correct_party(MAKER, victim, {"name": "Satu"}, seen=victim.version, now=NOW),
        lambda: correct_party(MAKER, victim, {"name": "Dua"}, seen=victim.version, now=NOW),
    )
    assert sorted(len(a.written) for a in answers) == [0, 1]  # type: ignore[attr-defined]
    row, clash = Party.objects.get(pk=victim.pk), FieldClash.objects.get()
    assert row.name
    assert clash.offered
    assert {row.name.open(), clash.offered.open()} == {"Satu", "Dua"}


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_types_changed_at_once_leave_the_protection_they_ask_for() -> None:
    case = make_case(make_organisation())
    second = add_party(MAKER, case, role="victim", types=["AD.1"], details={}, now=NOW)
    first = case.parties.exclude(pk=second.pk).get()
    at_once(
        lambda: change_types(MAKER, first, types=["K.F"], now=NOW),
        lambda: change_types(MAKER, second, types=["K.P"], now=NOW),
    )
    at_once(
        lambda: change_types(MAKER, first, types=["AD.2"], now=NOW),
        lambda: tag_party(MAKER, second, tags=["poor"], now=NOW),
    )
    assert Case.objects.get().protected
    change_types(MAKER, second, types=["AD.2"], now=NOW)
    assert not Case.objects.get().protected


def test_what_is_restricted_is_seen_and_noted_by_the_coordinator_alone(cast: Cast) -> None:
    case = make_case(cast.lentera, actor=cast.ani.actor)
    victim = victim_of(case)
    tag_party(cast.budi.actor, victim, tags=["hiv", "poor"], now=NOW)
    with pytest.raises(Invalid) as refused:
        tag_party(cast.ani.actor, victim, tags=["hiv"], now=NOW)
    assert refused.value.field == "tags"
    tag_party(cast.ani.actor, victim, tags=["elderly"], now=NOW)
    for actor, told in ((cast.ani.actor, ["elderly"]), (cast.budi.actor, ["elderly", "hiv"])):
        assert tags_of(actor, victim) == told
        assert sorted(tag.code for party in parties_of(actor, case, now=NOW) for tag in party.tags.all()) == told
