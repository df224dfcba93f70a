"""What of an entry is told, and how it stands. What waits on the front page is web.desk's."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.organisations.at_work import still_holds
from simpul.organisations.kinds import NETWORKS, OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import last_confirmation_of
from simpul.organisations.rules.organisations import may
from simpul.web.components import Task, Tone
from simpul.web.editing.forms.profile import GROUPS, is_told


def tasks_told(row: Organisation) -> list[Task]:
    yes, no = _("filled in"), _("nothing yet")
    tasks = []
    for part, (title, form) in GROUPS.items():
        told = is_told(row, form)
        href = reverse("editing:profile", args=[row.pk, part])
        tasks.append(Task(title, yes if told else no, Tone.OK if told else Tone.IDLE, href))
    seat = row.seat.title if row.seat else no
    place = reverse("editing:places", args=[row.pk])
    return [*tasks, Task(_("Seat and working areas"), seat, Tone.OK if row.seat else Tone.IDLE, place)]


def tasks_standing(actor: Actor, row: Organisation, today: date) -> list[Task]:
    last = last_confirmation_of(row)
    fresh = still_holds(last.confirmed_on if last else None, today)
    words = _("within the last year") if fresh else _("to be confirmed")
    tasks = [
        Task(_("Confirm that it is active"), words, Tone.OK if fresh else Tone.WARN, _to("active", row)),
        Task(_("Name"), row.acronym or row.name, Tone.INFO, _to("rename", row)),
        Task(_structure_title(row), _("look"), Tone.INFO, _to("structure", row)),
        Task(_("Declarations and standards"), _("look"), Tone.INFO, _to("declarations", row)),
        Task(_("Who sees what"), _("look"), Tone.INFO, _to("visibility", row)),
        Task(_("Documents"), _("look"), Tone.INFO, reverse("documents:keep", args=[row.pk])),
    ]
    if may(actor, "membership.manage", row):
        title = _("Members") if row.kind in NETWORKS else _("Its networks")
        tasks.append(Task(title, _("look"), Tone.INFO, _to("members", row)))
    if row.kind in NETWORKS and may(actor, "membership.manage", row):
        pages = [
            (_("Applications"), "joining:queue"),
            (_("Announcements"), "secretariat:announcements"),
            (_("Service log"), "secretariat:log"),
            (_("Readiness"), "secretariat:readiness"),
            (_("Needs and offers"), "secretariat:board"),
        ]
        tasks += [Task(label, _("look"), Tone.INFO, reverse(page, args=[row.pk])) for label, page in pages]
    if may(actor, "token.manage", row):
        href = reverse("tokens:organisation", args=[row.pk])
        tasks.append(Task(_("Tokens for programs"), _("look"), Tone.INFO, href))
    if may(actor, "organisation.set_safety", row):
        hidden = row.in_safety_mode
        words = _("hidden") if hidden else _("off")
        tasks.append(Task(_("Safety mode"), words, Tone.BAD if hidden else Tone.IDLE, _to("safety", row)))
    return tasks


def _structure_title(row: Organisation) -> str:
    return _("Board, decree, divisions") if row.kind == OrganisationKind.VILLAGE_GROUP else _("The board")


def _to(name: str, row: Organisation) -> str:
    return reverse(f"editing:{name}", args=[row.pk])
