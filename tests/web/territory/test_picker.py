import pytest
from django import forms
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from simpul.web.territory.forms import AreaField
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
VILLAGE = "52.03.05.2008"
PATH = "Desa Masbagik Utara Baru, Kecamatan Masbagik, Kabupaten Lombok Timur, NTB"


class Form(forms.Form):
    area = AreaField(kinds=["village", "urban_village"], within="52.03")


class Free(forms.Form):
    area = AreaField(required=False)


@pytest.fixture(autouse=True)
def _areas() -> None:
    areas(VILLAGE, "52.03.05.2007", "52.03.05.2009", "52.71")


def sent(text: str = "", code: str = "", asked: str = "") -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"area-teks": text, "area": code, "area-untuk": asked})
    return data


def code_of(form: forms.Form) -> str:
    assert form.is_valid(), form.errors
    return str(form.cleaned_data["area"].code)


def test_field_takes_a_chosen_code() -> None:
    assert code_of(Form(sent(PATH, VILLAGE, PATH))) == VILLAGE


@pytest.mark.parametrize("text", ["utara baru", PATH, "Masbagik Utara Baru, Masbagik", VILLAGE])
def test_field_understands_a_text_that_means_one_area(text: str) -> None:
    assert code_of(Form(sent(text))) == VILLAGE


def test_field_takes_the_area_of_exactly_that_title_among_longer_ones() -> None:
    areas("52.04", "52.07")
    found = [AreaField().clean(text) for text in ("Kabupaten Sumbawa", "kabupaten sumbawa barat")]
    assert [area.code for area in found if area] == ["52.04", "52.07"]


def test_field_offers_a_choice_where_several_match_and_then_takes_it() -> None:
    form = Form(sent("lendang nangka"))
    assert form.errors.as_data()["area"][0].code == "several"
    html = str(form["area"])
    assert html.count('type="radio"') == 2
    assert 'value="lendang nangka"' in html
    assert code_of(Form(sent("lendang nangka", "52.03.05.2009", "lendang nangka"))) == "52.03.05.2009"


def test_field_prefers_a_text_that_was_changed_after_the_choice() -> None:
    assert code_of(Form(sent("utara baru", "52.03.05.2009", "lendang nangka"))) == VILLAGE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (sent(), "required"),
        (sent("xqzzy"), "unknown"),
        (sent("x", "52.03.05"), "outside"),
        (sent("x", "52.71"), "outside"),
        (sent("x", "52.03.05.2999"), "outside"),
        (sent("x", "'; DROP TABLE"), "outside"),
    ],
)
def test_field_refuses_what_can_not_be_chosen_here(data: QueryDict, code: str) -> None:
    assert Form(data).errors.as_data()["area"][0].code == code


def test_field_that_may_be_empty_gives_none() -> None:
    form = Free(sent())
    assert form.is_valid()
    assert form.cleaned_data["area"] is None


def test_field_shows_its_initial_area_by_its_whole_name() -> None:
    html = str(Free(initial={"area": VILLAGE})["area"])
    assert f'value="{PATH}"' in html
    assert f'name="area" value="{VILLAGE}"' in html


def test_field_knows_whether_it_was_changed() -> None:
    same = Free(sent(PATH, VILLAGE, PATH), initial={"area": VILLAGE})
    other = Free(sent("mataram"), initial={"area": VILLAGE})
    emptied = Free(sent(), initial={"area": VILLAGE})
    assert [form.has_changed() for form in (same, other, emptied)] == [False, True, True]


def test_field_escapes_what_was_typed() -> None:
    assert "<script>" not in str(Form(sent("<script>alert(1)</script>"))["area"])


def test_field_of_a_form_is_not_shared_with_the_next(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Form(sent("lendang nangka")).is_valid()
    with django_assert_num_queries(0):
        assert 'type="radio"' not in str(Form()["area"])
