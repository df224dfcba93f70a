"""The papers of an organisation: what each is, and where it lies; never what is in it."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.kernel.actor import Anonymous
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisation_for
from simpul.web.documents.panels import Paper, papers_of
from simpul.web.editing.entry import entry
from simpul.web.exports.tables.table import Table, refuse_hidden
from simpul.web.http import Request


def papers(request: Request, organisation_id: UUID) -> Table:
    """Those that anybody may open, whoever asks."""
    row = organisation_for(request.actor, organisation_id)
    return _table(request, row, papers_of(Anonymous(), row), is_open=True)


def kept_papers(request: Request, key: UUID) -> Table:
    """All of them, for who keeps the organisation."""
    row = entry(request, key)
    return _table(request, row, papers_of(request.actor, row), is_open=False)


def _table(request: Request, row: Organisation, found: Sequence[Paper], *, is_open: bool) -> Table:
    refuse_hidden(row)
    header = [_("Title"), _("Kind"), _("Who may open it"), _("File"), _("Size in bytes"), _("Since"), _("Address")]
    lines = (_line(request, paper) for paper in found)
    today = local_date(timezone.now(), Zone.WIB)
    return Table(_("Documents"), [(_("Organisation"), row.name)], today, header, lines, is_open=is_open)


def _line(request: Request, paper: Paper) -> Sequence[Value]:
    told = [paper.title, str(paper.kind), str(paper.audience), str(paper.type)]
    return [*told, paper.size, paper.added_on, request.build_absolute_uri(paper.href)]
