"""Figures are counted from records: distinctly, as true on a day and as known by it, and open into what they count."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import NotFound
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Period
from simpul.organisations.models import Organisation, Programme
from simpul.organisations.presets import Preset
from simpul.organisations.services.coverage import cover_area, end_coverage
from simpul.organisations.services.declared_reach import declare_reach
from simpul.organisations.services.node import Headlines, change_node, open_node
from simpul.organisations.services.safety import set_safety_mode
from simpul.results.indicators import INDICATORS
from simpul.results.presenting import as_data
from simpul.results.queries import evaluate, evaluate_all, indicator, open_part, programme_named, source_of
from simpul.results.questions import Question
from tests.factories.networks import admit, make_network, make_programme
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas

LOADED = datetime(2020, 1, 15, 3, tzinfo=UTC)
SYSTEM = System("test")


def covering(*codes: str, start: date = date(2020, 1, 1), now: datetime = LOADED) -> Programme:
    programme = make_programme(valid_until=None)
    for code in codes:
        cover_area(SYSTEM, programme, area=areas(code)[-1], valid_from=start, now=now)
    return programme


def asked(code: str, subject: Programme | Organisation, as_of: date = date(2024, 9, 30), **more: object) -> Question:
    return Question(as_of=as_of, subject_id=subject.pk, **more)  # type: ignore[arg-type]


def value(code: str, subject: Programme | Organisation, as_of: date = date(2024, 9, 30), **more: object) -> int:
    return evaluate(indicator(code), asked(code, subject, as_of, **more)).value


@pytest.mark.django_db
def test_f1_counts_regencies_and_cities_once_and_f2_their_provinces() -> None:
    programme = covering("52.03", "52.03.05", "52.71", "36.02")
    assert value("F1", programme) == 3
    assert value("F2", programme) == 2


@pytest.mark.django_db
def test_f1_counts_what_held_within_the_period_and_by_the_day() -> None:
    programme = covering("52.03")
    row = cover_area(SYSTEM, programme, area=areas("36.02")[-1], valid_from=date(2021, 1, 1), now=LOADED)
    end_coverage(SYSTEM, row, valid_until=date(2022, 1, 1), now=datetime(2022, 1, 2, tzinfo=UTC))
    assert value("F1", programme) == 2
    assert value("F1", programme, period=Period(date(2023, 1, 1), date(2024, 1, 1))) == 1
    assert value("F1", programme, date(2020, 6, 1)) == 1


@pytest.mark.django_db
def test_f1_as_of_a_day_knows_nothing_that_was_entered_later() -> None:
    programme = covering("52.03")
    cover_area(
        SYSTEM, programme, area=areas("36.02")[-1], valid_from=date(2020, 1, 1), now=datetime(2023, 5, 1, tzinfo=UTC)
    )
    assert value("F1", programme, date(2023, 4, 29)) == 1
    assert value("F1", programme, date(2023, 5, 1)) == 2


@pytest.mark.django_db
def test_f1_narrowed_to_an_area_counts_only_there() -> None:
    programme = covering("52.03", "52.71", "36.02")
    assert value("F1", programme, area_code="52") == 2
    assert value("F1", programme, area_code="36.02") == 1


@pytest.mark.django_db
def test_f1_splits_by_province_and_opens_into_the_programmes_areas() -> None:
    programme = covering("52.03", "52.71", "36.02")
    question = asked("F1", programme)
    groups = source_of(INDICATORS["F1"], "regencies", question).groups("province")
    assert [(g.key, g.count) for g in groups] == [("52", 2), ("36", 1)]
    page = open_part(INDICATORS["F1"], "regencies", question, where=("province", "52"))
    assert {row.ref for row in page.rows} == {programme.ref}
    assert len(page.rows) == 2
    assert page.next_after is None


@pytest.mark.django_db
def test_a_figure_opens_page_by_page_without_losing_or_repeating_a_row() -> None:
    programme = covering(*(f"52.0{n}" for n in range(1, 8)))
    source = source_of(INDICATORS["F1"], "regencies", asked("F1", programme))
    seen, after = [], None
    while True:
        page = source.page(after=after, limit=3)
        seen += [row.title for row in page.rows]
        if page.next_after is None:
            break
        after = page.next_after
    assert len(seen) == len(set(seen)) == 7


def network_of_networks() -> Organisation:
    """Two member networks with three organisations between them, one of those in both, and one direct member."""
    top, one, two = make_network("Atas", kind="OT.NN"), make_network("Satu"), make_network("Dua")
    shared, first, second, direct = (make_organisation() for _ in range(4))
    admit(top, one, two, direct, now=LOADED)
    admit(one, shared, first, now=LOADED)
    admit(two, shared, second, now=LOADED)
    return top


@pytest.mark.django_db
def test_f17_counts_direct_networks_and_beside_them_each_organisation_reached_once() -> None:
    top = network_of_networks()
    declare_reach(SYSTEM, top, count=500, declared_on=date(2024, 3, 1), now=datetime(2024, 3, 1, tzinfo=UTC))
    evaluation = evaluate(INDICATORS["F17"], asked("F17", top))
    assert [figure.value for figure in evaluation.figures] == [2, 4]
    assert evaluation.stated is not None
    assert (evaluation.stated.value, evaluation.stated.on) == (500, date(2024, 3, 1))
    before = evaluate(INDICATORS["F17"], asked("F17", top, date(2024, 2, 28)))
    assert before.stated is None


@pytest.mark.django_db
def test_f17_counts_what_opens_and_nobody_who_is_hidden() -> None:
    top = network_of_networks()
    hidden = Organisation.objects.filter(kind="OT.Y").first()
    assert hidden is not None
    set_safety_mode(SYSTEM, hidden, on=True, reason_code="threat", now=LOADED)
    question = asked("F17", top, actor=Anonymous())
    reach = evaluate(INDICATORS["F17"], question).figures[1]
    assert reach.value == 3
    rows = open_part(INDICATORS["F17"], "reach", question).rows
    assert hidden.ref not in {row.ref for row in rows}
    assert len(rows) == 3


@pytest.mark.django_db
def test_narrowing_a_figure_to_any_area_finds_nobody_hidden() -> None:
    top = network_of_networks()
    area = areas("52.03")[-1]
    Organisation.objects.filter(kind="OT.Y").update(seat=area)
    hidden = Organisation.objects.filter(kind="OT.Y").first()
    assert hidden is not None
    set_safety_mode(SYSTEM, hidden, on=True, reason_code="threat", now=LOADED)
    for code in (None, "52", "52.03"):
        question = asked("F17", top, area_code=code, actor=Anonymous())
        assert evaluate(INDICATORS["F17"], question).figures[1].value == 3
    whole = evaluate(INDICATORS["F17"], asked("F17", top, area_code="52", actor=SYSTEM)).figures[1]
    assert whole.value == 4


@pytest.mark.django_db
def test_a_figure_about_what_is_out_of_sight_is_not_found() -> None:
    top = network_of_networks()
    set_safety_mode(SYSTEM, top, on=True, reason_code="threat", now=LOADED)
    with pytest.raises(NotFound):
        evaluate(INDICATORS["F17"], asked("F17", top))
    with pytest.raises(NotFound):
        open_part(INDICATORS["F17"], "reach", asked("F17", top))


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "where"), [("nothing", None), ("regencies", ("colour", "red"))])
def test_a_part_or_dimension_that_is_not_declared_is_not_found(key: str, where: tuple[str, str] | None) -> None:
    programme = covering("52.03")
    with pytest.raises(NotFound):
        open_part(INDICATORS["F1"], key, asked("F1", programme), where=where)


@pytest.mark.django_db
def test_evaluate_all_is_about_the_headlines_and_says_nothing_without_them() -> None:
    question = Question(as_of=date(2024, 9, 30), actor=SYSTEM)
    assert evaluate_all(question) == ()
    node = open_node(SYSTEM, host=make_organisation(), preset=Preset.NETWORK, now=LOADED)
    headlines = Headlines(programme=covering("52.03"), network=network_of_networks())
    change_node(SYSTEM, node, version=1, pillars=["directory"], complaints_to=None, headlines=headlines)
    found = {e.indicator.code: e.value for e in evaluate_all(question)}
    assert {code: value for code, value in found.items() if value} == {"F1": 1, "F2": 1, "F17": 2}
    assert "F25" in found  # of the node as a whole, though nothing is published
    other = covering("36.02", "36.71")
    about_other = Question(as_of=date(2024, 9, 30), actor=SYSTEM, subject_id=other.pk)
    assert evaluate_all(about_other)[0].value == 2


@pytest.mark.django_db
def test_programme_named_takes_acronym_or_name_in_any_language_and_nothing_ambiguous() -> None:
    programme = make_programme(acronym="INKLUSI")
    assert programme_named("inklusi ") == programme
    assert programme_named("INKLUSI Programme") == programme
    with pytest.raises(NotFound):
        programme_named("INKLU")
    make_programme(acronym="INKLUSI")
    with pytest.raises(NotFound):
        programme_named("INKLUSI")


@pytest.mark.django_db
def test_as_data_carries_value_definition_and_dates() -> None:
    programme = covering("52.03")
    data = as_data(evaluate(INDICATORS["F1"], asked("F1", programme)))
    assert (data["code"], data["value"], data["as_of"], data["until"]) == ("F1", 1, "2024-09-30", "2024-10-01")
    assert data["about"] == {"kind": "programme", "id": str(programme.pk), "name": "Program MADANI"}
    assert data["parts"][0] == {
        "key": "regencies",
        "name": {"en": "Regencies and cities", "id": "Kabupaten dan kota"},
        "unit": {"en": "regencies and cities", "id": "kabupaten/kota"},
        "value": 1,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_evaluating_takes_the_same_queries_however_many_rows(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = covering(*(f"52.0{n}" for n in range(1, count + 1)))
    with django_assert_num_queries(2):  # the programme's name, and the count
        evaluate(INDICATORS["F1"], asked("F1", programme))
    with django_assert_num_queries(3):  # the programme, the rows, their areas' lineage
        open_part(INDICATORS["F1"], "regencies", asked("F1", programme))


def test_every_indicator_is_complete_in_both_languages() -> None:
    for code, declared in INDICATORS.items():
        texts = [declared.name, declared.definition]
        texts += [text for part in declared.parts for text in (part.name, part.unit)]
        assert declared.code == code
        assert all(isinstance(t, LocalizedText) and {"id", "en"} <= set(t) for t in texts)
        assert len({part.key for part in declared.parts}) == len(declared.parts)


def test_known_at_is_the_end_of_the_day_in_the_westernmost_zone() -> None:
    question = Question(as_of=date(2024, 9, 30))
    assert question.known_at.astimezone(UTC) == datetime(2024, 9, 30, 17, tzinfo=UTC)
