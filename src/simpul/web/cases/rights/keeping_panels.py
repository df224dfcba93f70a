"""How long a case is kept, in rows."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.cases.queries.cases import Case
from simpul.cases.queries.keeping import Keep, KeepingRule, Restriction
from simpul.cases.relations import PartyRole
from simpul.cases.rights_kinds import retention_class
from simpul.kernel.time import local_date
from simpul.web import formats
from simpul.web.cases.desk.panels import zone_of
from simpul.web.cases.desk.whom import masked_of
from simpul.web.cases.rights.panels import language
from simpul.web.components import Row


def keep_rows(case: Case, keep: Keep) -> list[Row]:
    rows = [Row(_("Kept as"), retention_class(case.stage, case.branch).label)]
    if case.closed_on is None or keep.until is None:
        return [*rows, Row(_("Until"), _("It has not ended: nothing goes by itself."))]
    rows.append(Row(_("Ended"), formats.day(case.closed_on, language=language())))
    rows.append(Row(_("Until"), formats.day(keep.until, language=language())))
    if keep.extension is not None:
        rows.append(Row(_("Kept longer because"), keep.extension.reason.open()))
    if keep.warned_for is not None:
        rows.append(Row(_("Erased by itself on"), formats.day(keep.warned_for, language=language())))
    return rows


def stop_words(row: Restriction) -> str:
    """Whose use it stops, since when; nobody's name."""
    whose = _("The whole case")
    if row.party is not None:
        row.party.case = row.case
        whose = f"{PartyRole(row.party.role).label} · {masked_of(row.party)}"
    since = formats.day(local_date(row.started_at, zone_of(row.case)), language=language())
    return _("%(whose)s, stopped since %(day)s.") % {"whose": whose, "day": since}


def stops_of(keep: Keep) -> list[tuple[UUID, str]]:
    """Each that stands, with its words."""
    return [(row.pk, stop_words(row)) for row in keep.restrictions]


def rule_rows(rules: Iterable[KeepingRule]) -> list[Row]:
    """The class, the months, and on what that rests."""
    return [
        Row(rule.kept.label, " · ".join(filter(None, (_("%(months)s months") % {"months": rule.months}, rule.basis))))
        for rule in rules
    ]
