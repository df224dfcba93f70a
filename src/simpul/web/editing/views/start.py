"""What somebody keeps, and what of an entry is still to be told."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.errors import Denied
from simpul.kernel.time import Zone, local_date
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import last_confirmation_of
from simpul.organisations.rules.organisations import may, within
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Task, Tone
from simpul.web.editing.forms.profile import GROUPS, is_told
from simpul.web.editing.panels import A_YEAR
from simpul.web.editing.views.entry import EDIT, entry
from simpul.web.http import Request

PAGE, REGISTER = 25, "organisation.register"


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """The entries the actor may change, by name; a search narrows them by the words of the directory."""
    actor = request.actor
    if not (actor.may(EDIT) or actor.may(REGISTER)):
        raise Denied(EDIT)
    text = request.GET.get("teks", "").strip()
    rows = Organisation.objects.filter(within(actor.scope(EDIT))).select_related("seat").order_by("sort_key", "id")
    if text:
        rows = rows.filter(pk__in=[row.pk for row in directory(actor, Search(text=text), limit=100).rows])
    found = list(_after(rows, request.GET.get("setelah", ""))[: PAGE + 1])
    context = {
        "organisations": found[:PAGE],
        "text": text,
        "older": f"?setelah={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "may_register": actor.may(REGISTER),
    }
    return render(request, "editing/home.html", context)


def _after(rows: QuerySet[Organisation], last: str) -> QuerySet[Organisation]:
    """The page after that organisation; the first one where it is not among them."""
    try:
        row = rows.filter(pk=UUID(last)).first() if last else None
    except ValueError:
        row = None
    if row is None:
        return rows
    return rows.filter(Q(sort_key__gt=row.sort_key) | Q(sort_key=row.sort_key, pk__gt=row.pk))


@signed_in
@require_safe
def organisation(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    today = local_date(timezone.now(), Zone.WIB)
    context = {"row": row, "told": _told(row), "standing": _standing(request, row, today)}
    return render(request, "editing/organisation.html", context)


def _told(row: Organisation) -> list[Task]:
    yes, no = _("filled in"), _("nothing yet")
    tasks = []
    for part, (title, form) in GROUPS.items():
        told = is_told(row, form)
        href = reverse("editing:profile", args=[row.pk, part])
        tasks.append(Task(title, yes if told else no, Tone.OK if told else Tone.IDLE, href))
    seat = row.seat.title if row.seat else no
    place = reverse("editing:places", args=[row.pk])
    return [*tasks, Task(_("Seat and working areas"), seat, Tone.OK if row.seat else Tone.IDLE, place)]


def _standing(request: Request, row: Organisation, today: date) -> list[Task]:
    last = last_confirmation_of(row)
    fresh = last is not None and last.confirmed_on >= today - A_YEAR
    words = _("within the last year") if fresh else _("to be confirmed")
    tasks = [
        Task(_("Confirm that it is active"), words, Tone.OK if fresh else Tone.WARN, _to("active", row)),
        Task(_("Name"), row.acronym or row.name, Tone.INFO, _to("rename", row)),
        Task(_("Declarations and standards"), _("look"), Tone.INFO, _to("declarations", row)),
        Task(_("Who sees what"), _("look"), Tone.INFO, _to("visibility", row)),
    ]
    if may(request.actor, "membership.manage", row):
        title = _("Members") if row.kind in NETWORKS else _("Its networks")
        tasks.append(Task(title, _("look"), Tone.INFO, _to("members", row)))
    if may(request.actor, "organisation.set_safety", row):
        hidden = row.in_safety_mode
        words = _("hidden") if hidden else _("off")
        tasks.append(Task(_("Safety mode"), words, Tone.BAD if hidden else Tone.IDLE, _to("safety", row)))
    return tasks


def _to(name: str, row: Organisation) -> str:
    return reverse(f"editing:{name}", args=[row.pk])
