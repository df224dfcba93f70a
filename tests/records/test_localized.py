"""A column of text in several languages."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from simpul.kernel.localized import LocalizedText
from simpul.records.localized import LocalizedTextField
from tests.records.plots import Board


def test_text_comes_back_in_every_language(plots: None) -> None:
    row = Board._base_manager.create(title={"id": "Papan", "en": "Board"})
    row.refresh_from_db()
    assert row.title == LocalizedText(id="Papan", en="Board")
    assert (row.title.to("en"), str(row.title), row.subtitle) == ("Board", "Papan", None)


def test_text_is_stored_readably_and_in_one_order(plots: None) -> None:
    Board._base_manager.create(title={"id": "Désa", "en": "Village"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM plots_board")
        assert cursor.fetchone()[0] == '{"en": "Village", "id": "Désa"}'


def test_text_can_be_looked_up_whole(plots: None) -> None:
    Board._base_manager.create(title={"id": "Papan", "en": "Board"})
    assert Board._base_manager.filter(title={"en": "Board", "id": "Papan"}).count() == 1
    assert Board._base_manager.filter(title=LocalizedText(id="Papan")).count() == 0
    assert Board._base_manager.filter(subtitle=None).count() == 1


@pytest.mark.parametrize("value", [{}, {"en": "Board"}, {"id": "  "}, "{}", '{"en": "Board"}', "not json", "[1]"])
def test_text_without_indonesian_is_refused(value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        LocalizedTextField().to_python(value)
    assert caught.value.code == "indonesian_needed"


def test_text_is_written_to_fixtures_as_it_is_read(plots: None) -> None:
    field = Board._meta.get_field("title")
    row = Board(title=LocalizedText(id="Papan"))
    text = field.value_to_string(row)
    assert json.loads(text) == {"id": "Papan"}
    assert field.to_python(text) == LocalizedText(id="Papan")
