"""The marks of what the directory lists, for organisations that were listed before it had any."""

from collections import defaultdict
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from simpul.organisations.marks import facet_marks, repeats, word_marks

AT_ONCE = 1_000


def write_marks(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """A thousand organisations at a time: the directory of a country fits in no memory."""
    pages = apps.get_model("organisations", "Organisation")._default_manager.order_by("pk").values_list("pk", flat=True)
    last = None
    while ids := list((pages.filter(pk__gt=last) if last else pages)[:AT_ONCE]):
        _mark(apps, editor, ids)
        last = ids[-1]


def _mark(apps: Apps, editor: BaseDatabaseSchemaEditor, ids: list[Any]) -> None:
    terms = _values(apps, "DirectoryTerm", "term", ids)
    facets = _values(apps, "DirectoryFacet", "facet", ids)
    key = apps.get_model("organisations", "Organisation")._meta.pk
    both, each = [], []
    for uuid in ids:
        stored = key.get_db_prep_value(uuid, editor.connection)
        both.append((facet_marks(facets[uuid]), word_marks(terms[uuid]), stored))
        each += [(shared, stored, term) for term, shared in repeats(terms[uuid]).items()]
    with editor.connection.cursor() as cursor:
        for table in ("directoryterm", "directoryfacet"):
            cursor.executemany(
                f"UPDATE organisations_{table} SET facet_marks = %s, word_marks = %s "  # noqa: S608 - our own names
                "WHERE organisation_id = %s",
                both,
            )
        cursor.executemany(
            "UPDATE organisations_directoryterm SET repeats = %s WHERE organisation_id = %s AND term = %s", each
        )


def _values(apps: Apps, model: str, column: str, ids: list[Any]) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    rows = apps.get_model("organisations", model)._default_manager.filter(organisation__in=ids)
    for uuid, value in rows.values_list("organisation_id", column):
        found[uuid].add(value)
    return found


class Migration(migrations.Migration):
    dependencies = [("organisations", "0026_marks_in_the_directory")]
    operations = [migrations.RunPython(write_marks, migrations.RunPython.noop, elidable=True)]
