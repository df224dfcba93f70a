"""Which tests ask for the database. docs/decisions/0038."""

from collections.abc import Mapping, Sequence
from typing import Final

import pytest

_BY_NAME: Final = frozenset({"db", "transactional_db", "live_server"})


def asks_for_database(item: pytest.Item) -> bool:
    """Whether the test may touch a database at all: pytest-django bars it from all others. Where a fixture of ours
    lifts that bar, what uses it counts as asking.
    """
    if item.get_closest_marker("django_db"):
        return True
    if not isinstance(item, pytest.Function):
        return True
    asked: Mapping[str, Sequence[pytest.FixtureDef[object]]] = item._fixtureinfo.name2fixturedefs
    ours = (one for name, found in asked.items() if name != "django_db_setup" for one in found if one.baseid)
    return not _BY_NAME.isdisjoint(asked) or any("django_db_blocker" in one.argnames for one in ours)
