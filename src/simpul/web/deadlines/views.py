"""The rules in force on this platform."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.deadlines.models import ClockRule
from simpul.deadlines.queries import rules_for
from simpul.deadlines.units import Unit
from simpul.kernel.time import Zone, local_date
from simpul.web import formats
from simpul.web.http import Request


@require_safe
def rules(request: Request) -> HttpResponse:
    """Law for everybody; standards and agreements for who may set them, each said to be what it is."""
    found = rules_for(request.actor, None, on=local_date(timezone.now(), Zone.WIB))
    lines = [(rule, how_long(rule)) for rule in found]
    return render(request, "deadlines/rules.html", {"lines": lines})


def how_long(rule: ClockRule) -> str:
    """ "3 x 24 hours", "5 working days", "by 31 December of each year"."""
    language = get_language() or "id"
    number = rule.limit
    if rule.unit == Unit.HOURS and number == 0:
        return _("at once")
    if rule.unit == Unit.HOURS and number % 24 == 0:
        return _("%(days)s × 24 hours") % {"days": number // 24}
    if rule.unit == Unit.DAY_OF_YEAR:
        day = local_date(timezone.now(), Zone.WIB).replace(month=number // 100, day=number % 100)
        words = formats.day(day, language=language).rpartition(" ")[0]
        return _("by %(day)s of each year") % {"day": words}
    texts = {
        Unit.HOURS: ngettext("%(n)s hour", "%(n)s hours", number),
        Unit.WORKING_DAYS: ngettext("%(n)s working day", "%(n)s working days", number),
        Unit.CALENDAR_DAYS: ngettext("%(n)s day", "%(n)s days", number),
        Unit.MONTHS: ngettext("%(n)s month", "%(n)s months", number),
    }
    return texts[Unit(rule.unit)] % {"n": number}
