"""Opening a case: five things, a report, one case however often it is sent."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.audit.models import Act
from simpul.cases import numbers
from simpul.cases.kinds import CASE_TYPES, Branch, branch_of, starts_police_clock, types_of
from simpul.cases.models import Assignment, Case, CaseStep, Opening
from simpul.cases.numbers import prefix_of, read_number
from simpul.cases.services.opening import open_case
from simpul.cases.services.parties import add_party
from simpul.cases.services.sight import log_opening
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import ALPHABET, uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of, village
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies
from tests.racing import at_once

NAME, STORY = "Inaq Contohwati", "Datang pagi-pagi, kartunya hilang saat banjir."


@audits(open_case)
def test_five_things_open_a_case(cast: Cast) -> None:
    case = make_case(
        cast.lentera, actor=cast.ani.actor, types=["AD.1", "JK.2"], victim={"name": NAME, "age_stated": 61},
        narrative=STORY, channel="whatsapp", relation="hamlet_head", happened_on=date(2025, 2, 1),
    )  # fmt: skip
    assert (case.stage, case.branch, case.protected) == ("received", "social", False)
    assert case.narrative
    assert case.narrative.open() == STORY
    assert case.received_on == date(2025, 3, 3)  # 08.00 in Lombok
    victim = victim_of(case)
    assert victim.name
    assert victim.name.open() == NAME
    assert sorted(t.code for t in victim.types.all()) == ["AD.1", "JK.2"]
    assert [(s.act, s.from_stage, s.to_stage) for s in case.steps.all()] == [("open", "", "received")]
    act = Act.objects.get(act="cases.open_case")
    assert act.details == {"organisation": str(cast.lentera.pk), "hidden_from": []}


@denies(open_case)
def test_others_open_no_case(cast: Cast) -> None:
    for key in ("hasan", "citra", "dewi", "joko", "kartika", "publik"):
        with pytest.raises(Denied):
            make_case(cast.lentera, actor=cast.played[key].actor)
    assert not Case.objects.exists()


def test_r12_a_case_opens_only_from_a_report(cast: Cast) -> None:
    for missing in ({"channel": ""}, {"relation": ""}, {"channel": "gossip"}, {"relation": "nobody"}):
        with pytest.raises(Invalid) as refused:
            make_case(cast.lentera, **missing)
        assert refused.value.field in missing
    nameless = make_case(cast.lentera, victim={}, relation="withheld")
    assert victim_of(nameless).name is None
    for column in ("channel", "relation"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=nameless.pk).update(**{column: ""})


def test_r11_one_case_has_many_people_each_with_their_own_types(cast: Cast) -> None:
    case = make_case(cast.lentera, types=["PA.2"], victim={"age_stated": 14, "sex": "P"})
    add_party(MAKER, case, role="victim", types=["PA.2", "K.P"], details={"age_stated": 17, "sex": "L"}, now=NOW)
    add_party(MAKER, case, role="reporter", details={"relation": "hamlet_head"}, now=NOW)
    roles = sorted((p.role, p.types.count()) for p in case.parties.all())
    assert roles == [("reporter", 0), ("victim", 1), ("victim", 2)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"types": []}, "types"),
        ({"types": ["K.Z"]}, "types"),
        ({"branch": "social", "types": ["K.F"]}, "branch"),
        ({"branch": "violence", "types": ["AD.1"]}, "branch"),
        ({"narrative": "a" * 10_001}, "narrative"),
        ({"received_at": NOW + timedelta(minutes=1)}, "received_at"),
        ({"happened_on": date(2025, 3, 4)}, "happened_on"),
        ({"victim": {"age_stated": 121}}, "age_stated"),
        ({"victim": {"age_stated": -1}}, "age_stated"),
        ({"victim": {"birth_date": date(2025, 3, 4)}}, "birth_date"),
        ({"victim": {"sex": "X"}}, "sex"),
        ({"victim": {"name": "a" * 161}}, "name"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(cast: Cast, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_case(cast.lentera, **wrong)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Case.objects.exists()


def test_sent_twice_is_one_case(cast: Cast) -> None:
    one = uuid7()
    first = make_case(cast.lentera, actor=cast.ani.actor, id=one)
    assert make_case(cast.lentera, actor=cast.ani.actor, id=one, narrative="lain") == first
    assert (Case.objects.count(), CaseStep.objects.count(), Act.objects.filter(act="cases.open_case").count()) == (
        1,
        1,
        1,
    )
    with pytest.raises(Conflict):
        make_case(cast.other_group, actor=cast.hasan.actor, id=one)


def test_a_companion_is_assigned_to_what_they_open_a_coordinator_need_not(cast: Cast) -> None:
    make_case(cast.lentera, actor=cast.budi.actor)
    assert not Assignment.objects.exists()
    make_case(cast.lentera, actor=cast.ani.actor)
    assert Assignment.objects.get().person == cast.ani.person


def test_a_number_says_group_and_year_and_never_how_many(cast: Cast) -> None:
    codes = [make_case(cast.lentera).code for _ in range(2)]
    codes.append(make_case(cast.lentera, now=NOW + timedelta(days=365)).code)
    codes.append(make_case(cast.other_group).code)
    assert [code[:-4] for code in codes] == ["LNT-2025-", "LNT-2025-", "LNT-2026-", "AKB-2025-"]
    chance = [code[-4:] for code in codes]
    assert len(set(chance)) == 4
    assert set("".join(chance)) <= set(ALPHABET)


def test_a_number_that_is_taken_is_not_given_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["4K7Q", "4K7Q", "9M2T"])
    monkeypatch.setattr(numbers, "human_code", lambda _length: next(drawn))
    assert [make_case(cast.lentera).code for _ in range(2)] == ["LNT-2025-4K7Q", "LNT-2025-9M2T"]


def test_a_number_is_read_off_the_telephone() -> None:
    assert read_number(" lnt-2025-4koi ") == "LNT-2025-4K01"
    assert read_number("nothing") == "-N0TH-1NG"


@pytest.mark.parametrize(
    ("name", "prefix"), [("Kelompok Konstituen Lentera", "LNT"), ("KK Aa", "AAX"), ("Desa", "DES")]
)
def test_a_number_begins_with_three_letters_of_the_name(name: str, prefix: str) -> None:
    assert prefix_of(name) == prefix


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_two_open_at_once_and_have_two_numbers() -> None:
    group, area, same = make_organisation(name="Kelompok Konstituen Lentera"), village(), uuid7()
    cases = at_once(*[lambda: make_case(group, area=area) for _ in range(3)])
    assert len({c.code for c in cases}) == 3  # type: ignore[attr-defined]
    twice = at_once(*[lambda: make_case(group, area=area, id=same) for _ in range(2)])
    assert twice[0] == twice[1]
    assert Case.objects.count() == 4


def test_steps_and_openings_are_never_changed(cast: Cast) -> None:
    case = make_case(cast.lentera)
    log_opening(MAKER, case, page="cases:case", now=NOW)
    for rows, change in ((CaseStep.objects.all(), {"act": "close"}), (Opening.objects.all(), {"page": "x"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_nothing_about_a_person_lies_open_in_the_database(cast: Cast) -> None:
    particulars = {
        "name": NAME, "alias": "Mawar Contoh", "phone": "080000000001", "address": "Dusun Contoh Lor",
        "nik": "9903994107640001", "family_card": "9903990101050002", "bpjs": "0009876543219",
        "birth_date": date(1964, 7, 1), "safe_contact": {"via": "Tetangga Contoh"},
    }  # fmt: skip
    make_case(cast.lentera, actor=cast.ani.actor, victim=particulars, narrative=STORY)
    told = [str(value) for value in particulars.values() if isinstance(value, str)]
    told += ["Inaq", "Mawar", "Dusun", "1964-07", "Tetangga", "banjir"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("cases_", "audit_")):
                cursor.execute(f'SELECT * FROM "{table}"')
                text = str(cursor.fetchall())
                assert [word for word in told if word in text] == []


def test_every_type_belongs_to_one_branch() -> None:
    assert set(types_of(Branch.VIOLENCE)) | set(types_of(Branch.SOCIAL)) == {
        code for code in CASE_TYPES if not code.startswith("K.S.")
    }
    assert branch_of(["KS.1"]) == Branch.SOCIAL
    assert branch_of(["K.S.4"]) == Branch.VIOLENCE
    assert starts_police_clock(["K.S.2"])
    assert starts_police_clock(["PA.3"])
    assert not starts_police_clock(["PA.1", "KS.1", "K.F"])
