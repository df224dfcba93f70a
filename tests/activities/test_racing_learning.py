"""Many at once: what is told twice stands once."""

from functools import partial

import pytest

from simpul.activities.models import ForumStage
from tests.factories.forums import make_forum, reach
from tests.racing import at_once

pytestmark = pytest.mark.racing


def test_a_stage_told_of_by_four_at_once_is_one_row(raced: None) -> None:
    forum = make_forum()
    rows = at_once(*(partial(reach, forum) for _ in range(4)))
    assert len({row.pk for row in rows if isinstance(row, ForumStage)}) == 1
    assert ForumStage.objects.filter(forum=forum).count() == 1
