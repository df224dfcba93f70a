"""Fields of entries: partial dates, texts a line, values in words."""

import pytest
from django.core.exceptions import ValidationError

from simpul.kernel.time import PartialDate
from simpul.web.editing.fields import LinesField, PartialDateField, in_two, words_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2008", "2008"),
        ("05-2008", "2008-05"),
        ("5/2008", "2008-05"),
        ("14-05-2008", "2008-05-14"),
        ("14.5.2008", "2008-05-14"),
        ("2008-05-14", "2008-05-14"),
    ],
)
def test_a_partial_date_is_read_as_people_write_it(typed: str, meant: str) -> None:
    field = PartialDateField()
    read = field.clean(typed)
    assert read == PartialDate.parse(meant)
    assert field.clean(field.prepare_value(read)) == read


@pytest.mark.parametrize("typed", ["kemarin", "13-2008", "31-02-2008", "08", "2008-05-14-1", "14 Mei"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        PartialDateField().clean(typed)


def test_no_partial_date_is_none_where_it_may_be_left_out() -> None:
    assert PartialDateField(required=False).clean("") is None


def test_lines_keep_both_languages_there_and_back() -> None:
    field, texts = LinesField(), [{"id": "KTP", "en": "Identity card"}, {"id": "KK"}]
    assert field.prepare_value(texts) == "KTP | Identity card\nKK"
    assert field.clean(field.prepare_value(texts)) == texts
    assert field.clean("KTP\n\n  \nKK") == [{"id": "KTP"}, {"id": "KK"}]


def test_a_line_in_english_alone_is_refused() -> None:
    with pytest.raises(ValidationError):
        LinesField().clean("KTP\n| Family card")


def test_a_text_in_two_fields_is_nothing_where_both_are_empty() -> None:
    assert in_two({"fee": "", "fee_en": None}, "fee") is None
    assert in_two({"fee": "Gratis", "fee_en": ""}, "fee") == {"id": "Gratis"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (0, "0"),
        (["PP", "DES"], "Layanan; DES"),
        ([{"id": "KTP", "en": "Card"}], "KTP | Card"),
        ({"PP": "https://contoh.id"}, "Layanan: https://contoh.id"),
        ({"1": [["08:00", "12:00"], ["13:00", "15:00"]]}, "1: 08:00–12:00, 13:00–15:00"),
        (PartialDate.parse("2008-05"), "05-2008"),
        ("PP", "Layanan"),
    ],
)
def test_a_value_is_said_in_words(value: object, words: str) -> None:
    assert words_of(value, {"PP": "Layanan"}) == words
