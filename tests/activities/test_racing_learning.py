"""Many at once: what is told twice stands once."""

from functools import partial

import pytest

from simpul.activities.models import ForumStage, LibraryEdition, LibraryReading
from simpul.activities.services.library import write_edition
from tests.factories.forums import make_forum, reach
from tests.factories.library import NOW, TEXT, have_read, make_item
from tests.factories.organisations import SYSTEM, make_organisation
from tests.racing import at_once

pytestmark = pytest.mark.racing


def test_a_stage_told_of_by_four_at_once_is_one_row(raced: None) -> None:
    forum = make_forum()
    rows = at_once(*(partial(reach, forum) for _ in range(4)))
    assert len({row.pk for row in rows if isinstance(row, ForumStage)}) == 1
    assert ForumStage.objects.filter(forum=forum).count() == 1


def test_a_language_that_four_write_at_once_is_one_and_a_group_has_read_it_once(raced: None) -> None:
    item, group = make_item(), make_organisation()
    at_once(*(partial(write_edition, SYSTEM, item, language="sas", text=TEXT, now=NOW) for _ in range(4)))
    assert LibraryEdition.objects.filter(item=item, language="sas").count() == 1
    rows = at_once(*(partial(have_read, item, group, people=9) for _ in range(4)))
    assert len({row.pk for row in rows if isinstance(row, LibraryReading)}) == 1
    assert LibraryReading.objects.get().people == 9
