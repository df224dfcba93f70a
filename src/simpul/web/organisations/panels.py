"""What the pages of organisations show beside their own: who vouched, and the thread."""

from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.organisations.models import Confirmation, Organisation
from simpul.people.models import Person
from simpul.people.rules import listed
from simpul.threads.queries import ThreadKnot, thread_for
from simpul.web import formats
from simpul.web.components import Knot
from simpul.web.organisations.rows import Activity, activity


def vouched(organisation: Organisation, today: date) -> tuple[Activity, str]:
    """When it was last found at work, and in a sentence by whom: named only who agreed to be named. One query."""
    by = Person.objects.filter(listed(), pk=OuterRef("confirmed_by")).values("name")[:1]
    rows = Confirmation.objects.filter(organisation=organisation).annotate(by=Subquery(by))
    last = rows.order_by("-confirmed_on", "-id").first()
    if last is None:
        return activity(None, today), ""
    day = formats.day(last.confirmed_on, language=get_language() or "id")
    told = activity(last.confirmed_on, today)
    if last.by and not organisation.in_safety_mode:
        return told, _("%(name)s found it at work on %(day)s.") % {"name": last.by, "day": day}
    return told, _("Found at work on %(day)s.") % {"day": day}


def thread_of(actor: Actor, organisation: Organisation) -> list[Knot]:
    """*Benang merah* through it; nothing where it hangs on nothing."""
    found = thread_for(actor, organisation.ref)
    return [_knot(knot) for knot in found] if len(found) > 1 else []


def _knot(found: ThreadKnot) -> Knot:
    note = found.ties[0].label if found.ties else ""
    if found.knot is None:
        return Knot(_("A record that is kept closed"), note=note, tone="terung")
    return Knot(found.knot.title, note=note, href=found.knot.href or "")
