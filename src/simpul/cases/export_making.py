"""The file itself: made and locked in memory, never in clear on a disk."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.export_columns import COLUMNS, SERVICE_LABELS, Column, row_of, service_rows
from simpul.cases.export_kinds import Format
from simpul.cases.models import CaseExport
from simpul.cases.queries.exports import TOGETHER, lines_of
from simpul.interop.locking import lock_xlsx
from simpul.interop.writing import Page, Value, write_xlsx
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone, local_date
from simpul.paper.locking import lock_pdf
from simpul.paper.registers import Register, print_register

Rows = list[list[Value]]


def file_of(
    actor: Actor,
    export: CaseExport,
    ids: Sequence[UUID],
    password: str,
    *,
    now: datetime,
    told: Callable[[int], None],
) -> tuple[bytes, list[UUID]]:
    """The locked file, and the cases that are in it. `told` hears how many are done."""
    columns = tuple(column for column in COLUMNS if column.name in export.columns)
    taken: list[UUID] = []
    people: Rows = []
    services: Rows = []
    for case, lines in lines_of(actor, ids, now=now):
        taken.append(case.pk)
        people += [row_of(line, columns, unmasked=export.unmasked) for line in lines]
        services += [row for line in lines for row in service_rows(line)]
        if len(taken) % TOGETHER == 0:
            told(len(taken))
    if export.kind == Format.PDF:
        return lock_pdf(_pdf(export, columns, people, now), password), taken
    return lock_xlsx(_xlsx(columns, people, services), password), taken


def _xlsx(columns: Sequence[Column], people: Rows, services: Rows) -> bytes:
    return write_xlsx(
        [
            Page(_("Register"), [str(column.label) for column in columns], people),
            Page(_("Services"), [str(label) for label in SERVICE_LABELS], services),
        ]
    )


def _pdf(export: CaseExport, columns: Sequence[Column], people: Rows, now: datetime) -> bytes:
    return print_register(
        Register(
            language=get_language() or "id",
            title=_("Register of cases"),
            sender=export.owner_organisation.name,
            day=local_date(now, Zone.WITA).isoformat(),
            header=[str(column.label) for column in columns],
            widths=[column.on_paper for column in columns],
            rows=[[_shown(value) for value in row] for row in people],
            footer=_("Confidential. Keep it locked, give it to nobody, delete it when it has served."),
        )
    )


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
