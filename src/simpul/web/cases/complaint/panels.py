"""What was answered, as rows to read over; what is said on a status page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.forms import ChoiceField
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.cases.channels import Channel
from simpul.cases.complaint_files import name_of
from simpul.cases.relations import Relation
from simpul.kernel.errors import NotFound
from simpul.territory.queries import path_of
from simpul.web.cases.complaint.forms import STEPS
from simpul.web.components import Row, Text


@dataclass(frozen=True, slots=True)
class FileRow:
    """A recording or picture of the draft: `key` removes it."""

    key: str
    label: Text


def file_rows(said: Mapping[str, Any]) -> list[FileRow]:
    return [
        FileRow(file["id"], name_of(file["kind"], number)) for number, file in enumerate(said.get("files", []), start=1)
    ]


# Not read over: what follows from another answer.
_IMPLIED: Final = frozenset({"relation", "channel"})


def summary_rows(said: Mapping[str, Any]) -> list[Row]:
    """Every question that was answered, with the page it is on; the others in one line a page."""
    rows: list[Row] = []
    for number, form in enumerate(STEPS, start=1):
        page = reverse("complaint:step", args=[number])
        for name, field in form.base_fields.items():
            if not said.get(name) and name in _IMPLIED | {"phone", "safe_to_call", "hours", "may_leave_message", "via"}:
                continue
            shown = _shown(name, field, said.get(name))
            rows.append(Row(field.label or "", shown or _("Not said"), page, _("Change")))
    return rows


def _shown(name: str, field: Any, value: Any) -> Text:
    if not value:
        return ""
    if name == "area":
        return area_path(str(value))
    if isinstance(field, ChoiceField):
        known = {**dict(Relation.choices), **dict(Channel.choices), **dict(_choices(field))}
        return known.get(value, value)
    return str(value)


def _choices(field: ChoiceField) -> list[tuple[Any, Any]]:
    given: Any = field.choices
    return [(code, label) for code, label in given if code]


def area_path(code: str) -> str:
    try:
        return path_of(code)
    except NotFound:
        return ""
