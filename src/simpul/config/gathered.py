"""What a step of migrating says of its new tables, said at once.

`makemigrations` makes a table first and adds its indexes and constraints one by one. SQLite can add no constraint to a
table, so Django makes the whole table anew for each, and looks at all others that point to it: for three hundred
constraints that was half of the time of an installation, and of a restore. Said with the table, they cost nothing, and
the tables that come out are the same (`tests/config/test_whole_steps.py`) but for the place of a column that points to
its own table.
"""

import copy
from collections.abc import Sequence
from typing import Any, cast

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.utils import resolve_relation


def gathered(step: Migration) -> Migration:
    """The same step, whose new tables come with their columns, indexes and constraints."""
    made = copy.copy(step)
    made.__dict__["operations"] = gather(step.operations, step.app_label)
    return made


def gather(operations: Sequence[Operation], app_label: str) -> list[Operation]:
    """Fewer operations, in the same order, that come to the same. Nothing is moved past anything but additions."""
    found: list[Operation] = []
    new: dict[str, int] = {}  # name of a table -> its place in `found`, as long as nothing but additions followed
    for one in operations:
        name = getattr(one, "model_name_lower", "")
        if isinstance(one, CreateModel):
            new[one.name_lower] = len(found)
            found.append(one)
        elif not isinstance(one, AddField | AddIndex | AddConstraint):
            new.clear()
            found.append(one)
        elif name in new and not _points_forward(one, new, app_label):
            found[new[name]] = _with(found[new[name]], one, app_label)
        else:
            new.pop(name, None)  # what follows may be about this column
            found.append(one)
    return found


def _with(table: Operation, addition: Operation, app_label: str) -> Operation:
    (made,) = cast("list[Operation]", table.reduce(addition, app_label))
    return made


def _points_forward(one: Any, new: dict[str, int], app_label: str) -> bool:
    """Whether it is a column that points to a table which this step makes later."""
    remote = getattr(getattr(one, "field", None), "remote_field", None)
    if remote is None or not remote.model:
        return False
    app, name = resolve_relation(remote.model, app_label, one.model_name_lower)
    return app == app_label and new.get(name, -1) > new[one.model_name_lower]
