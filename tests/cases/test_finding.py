"""Finding a case again: by what somebody says of themself, among what one sees; that one looked is on record."""

from datetime import date, timedelta
from typing import Any

import pytest

from simpul.audit.models import Act
from simpul.cases.models import Case, Opening
from simpul.cases.services.finding import find_cases
from simpul.cases.services.parties import add_party
from simpul.cases.services.sight import escalate_case
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied, Invalid
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case
from tests.factories.territory import MASBAGIK_UTARA_BARU as VILLAGE
from tests.marks import audits, denies

NIK, NAME, YEAR = "9903994107640001", "Inaq Contohwati", 1964
WHO: dict[str, Any] = {"name": NAME, "nik": NIK, "birth_date": date(1964, 7, 1)}
BY_NAME: dict[str, Any] = {"name": "Contowati", "birth_year": YEAR + 1, "area_code": VILLAGE}


def found(actor: Actor, **said: Any) -> list[str]:
    return [case.code for case in find_cases(actor, now=NOW, **said)]


@audits(find_cases)
def test_it_is_found_by_number_by_nik_and_by_a_name_as_it_sounds(cast: Cast) -> None:
    case, other = make_case(cast.lentera, victim=WHO), make_case(cast.lentera)
    for said in ({"number": case.code}, {"number": f" {case.code.lower()} "}, {"nik": NIK}, BY_NAME):
        assert found(cast.ani.actor, **said) == [case.code], said
    assert set(found(cast.ani.actor, number=other.code, nik=NIK)) == {case.code, other.code}
    assert found(cast.ani.actor, number="LNT-2025-0000") == []
    acts = Act.objects.filter(act="cases.find_cases").order_by("id")
    assert [act.details["by"] for act in acts] == [
        ["number"],
        ["number"],
        ["nik"],
        ["name"],
        ["number", "nik"],
        ["number"],
    ]
    assert not [word for word in (case.code, NIK, NAME, VILLAGE) if word in str([act.details for act in acts])]
    assert not Opening.objects.exists()


def test_whoever_reported_is_found_too_and_who_is_accused_by_the_coordinator_alone(cast: Cast) -> None:
    case = make_case(cast.lentera)
    add_party(MAKER, case, role="reporter", details={"nik": NIK}, now=NOW)
    assert found(cast.ani.actor, nik=NIK) == [case.code]
    accused = make_case(cast.lentera)
    add_party(MAKER, accused, role="alleged", details={"nik": "9903990101800002"}, now=NOW)
    assert found(cast.ani.actor, nik="9903990101800002") == []
    assert found(cast.budi.actor, nik="9903990101800002") == [accused.code]


def test_only_what_one_sees_is_found(cast: Cast) -> None:
    protected = make_case(cast.lentera, types=["K.S"], victim=WHO)
    hidden = make_case(cast.lentera, actor=cast.ani.actor, types=["PA.2"], victim=WHO, hide_from=[cast.budi.person])
    brought = make_case(cast.lentera, victim=WHO, now=NOW + timedelta(hours=1))
    escalate_case(MAKER, brought, to=cast.support, reason="Buntu", now=NOW + timedelta(hours=1))
    seen = {
        "ani": {hidden.code, brought.code}, "budi": {protected.code, brought.code}, "hasan": set(),
        "kartika": {brought.code},
    }  # fmt: skip
    for key, codes in seen.items():
        actor = cast.played[key].actor
        assert set(found(actor, nik=NIK)) == codes, key
        each = [found(actor, number=case.code) for case in Case.objects.all()]
        assert {code for one in each for code in one} == codes, key


@denies(find_cases)
def test_whoever_has_no_desk_finds_none(cast: Cast) -> None:
    for who in (cast.dewi, cast.joko, cast.citra, cast.publik):
        with pytest.raises(Denied):
            find_cases(who.actor, nik=NIK, now=NOW)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "nothing_said"),
        ({"nik": "123"}, "nik"),
        ({"name": NAME}, "nothing_said"),
        ({"name": NAME, "birth_year": YEAR}, "nothing_said"),
        ({"name": "Ibu", "birth_year": YEAR, "area_code": VILLAGE}, "nothing_said"),
        ({"number": "  "}, "nothing_said"),
    ],
)
def test_half_an_answer_finds_nobody(cast: Cast, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        found(cast.budi.actor, **said)
    assert refused.value.code == code


def test_the_page_shows_what_lists_show_and_says_nothing_in_an_address(cast: Cast) -> None:
    case = make_case(cast.lentera, victim=WHO)
    answer = cast.ani.client().post("/kasus/cari/", {"nik": NIK})
    page = answer.content.decode()
    assert (answer.status_code, case.code in page, NAME in page) == (200, True, False)
    assert "no-store" in answer.headers["Cache-Control"]
    assert f'value="{NIK}"' in page  # whoever mistyped mends it
    assert "Tidak ada yang seperti ini" in cast.ani.client().post("/kasus/cari/", {"number": "X"}).content.decode()
    assert case.code not in cast.ani.client().get(f"/kasus/cari/?nik={NIK}").content.decode()
