"""What people look up: days off, changes of codes, how long something may take, what a role opens."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from simpul.deadlines.queries import rules_for
from simpul.deadlines.rules import visible_to_public
from simpul.interop.writing import Value
from simpul.kernel.time import Zone, local_date
from simpul.territory.queries import areas_by_code, calendar, crosswalks
from simpul.web.access.panels import role_rows
from simpul.web.deadlines.views import how_long
from simpul.web.exports.tables.table import MOST, Table
from simpul.web.http import Request
from simpul.web.templatetags.formats import in_language
from simpul.web.territory.holidays import asked_year


def holidays(request: Request) -> Table:
    """The days off of the year that the page shows, the local ones of all areas too."""
    today = local_date(timezone.now(), Zone.WIB)
    year = asked_year(request, today)
    header = [_("Day"), _("Name"), _("Kind of day"), _("Area"), _("Area code"), _("Rests on")]

    def lines() -> Iterator[Sequence[Value]]:
        for off in calendar(year, everywhere=True):
            area = off.row.area if off.row else None
            basis = off.row.basis if off.row else _("national calendar (library)")
            where = [area.title, area.code] if area else ["", ""]
            yield [off.day, in_language(off.name), str(off.kind.label), *where, basis]

    return Table(_("Days off"), [(_("Year"), str(year))], today, header, lines())


def code_changes(_request: Request) -> Table:
    """Every split, merger and new code, the latest first."""
    rows = list(crosswalks()[:MOST])
    header = [_("From"), _("Was"), _("Old code"), pgettext("to an area", "What happened"), _("Is now"), _("New code")]
    header += [_("Share"), _("Regulation")]

    def lines() -> Iterator[Sequence[Value]]:
        old = areas_by_code(row.old_code for row in rows)
        for row in rows:
            before = old.get(row.old_code)
            share = None if row.share is None else float(row.share)
            was, now = before.title if before else "", row.new.title
            yield [row.valid_from, was, row.old_code, row.get_kind_display(), now, row.new_id, share, row.basis]

    return Table(_("Changes of areas and codes"), [], local_date(timezone.now(), Zone.WIB), header, lines())


def deadline_rules(request: Request) -> Table:
    """Those in force that the page shows this reader: the law for everybody, the rest for who may set it."""
    today = local_date(timezone.now(), Zone.WIB)
    found = rules_for(request.actor, None, on=today)
    header = [_("What"), _("Code"), _("How long"), _("Basis"), _("What it is"), _("Seen in its source"), _("Source")]
    header.append(_("Since"))

    def lines() -> Iterator[Sequence[Value]]:
        for rule in found:
            seen = _("yes") if rule.confirmed else _("not yet")
            told = [in_language(rule.what), rule.code, how_long(rule), rule.basis]
            yield [*told, str(rule.get_standing_display()), seen, rule.source, rule.valid_from]

    return Table(_("Deadlines"), [], today, header, lines(), is_open=all(map(visible_to_public, found)))


def roles(_request: Request) -> Table:
    """Every role, what it opens and who gives it; nobody who holds it."""
    header = [_("Role"), _("What it is for"), _("What it opens"), _("Second step when signing in"), _("Given by")]
    lines = (
        [
            str(role.label),
            str(role.purpose),
            "; ".join(map(str, role.permissions)),
            _("yes") if role.second_factor else "",
            "; ".join(map(str, role.givers)),
        ]
        for role in role_rows()
    )
    return Table(_("All roles"), [], local_date(timezone.now(), Zone.WIB), header, lines, is_open=False)
