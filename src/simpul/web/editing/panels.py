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


def tasks_standing(row: Organisation, today: date) -> list[Task]:
    last = last_confirmation_of(row)
    fresh = still_holds(last.confirmed_on if last else None, today)
    words = _("within the last year") if fresh else _("to be confirmed")
    return [
        Task(_("Confirm that it is active"), words, Tone.OK if fresh else Tone.WARN, _to("active", row)),
        _page(_("Name"), _to("rename", row), row.acronym or row.name),
        _page(_structure_title(row), _to("structure", row)),
        _page(_("Declarations and standards"), _to("declarations", row)),
        _page(_("Documents"), reverse("documents:keep", args=[row.pk])),
    ]


def tasks_network(actor: Actor, row: Organisation) -> list[Task]:
    """Whom it belongs with, and what its secretariat does; empty for those who do not keep that."""
    if not may(actor, "membership.manage", row):
        return []
    if row.kind not in NETWORKS:
        return [_page(_("Its networks"), _to("members", row))]
    pages = [
        (_("Applications"), "joining:queue", _("who asks to join, and what you decided")),
        (_("Announcements"), "secretariat:announcements", _("write to all members, and see who has read it")),
        (_("Service log"), "secretariat:log", _("what the secretariat did, and for whom")),
        (_("Readiness"), "secretariat:readiness", _("who was trained, who is ready, who formed a network")),
        (_("Needs and offers"), "secretariat:board", _("members ask and help one another")),
    ]
    members = _page(_("Members"), _to("members", row), _("admit, pause, end"))
    return [members, *(_page(label, reverse(page, args=[row.pk]), hint) for label, page, hint in pages)]


def tasks_guarded(actor: Actor, row: Organisation) -> list[Task]:
    """Who sees it, which programs act for it, and whether it is hidden."""
    tasks = [_page(_("Who sees what"), _to("visibility", row))]
    if may(actor, "token.manage", row):
        tasks.append(_page(_("Tokens for programs"), reverse("tokens:organisation", args=[row.pk])))
    if may(actor, "organisation.set_safety", row):
        hidden = row.in_safety_mode
        words = _("hidden") if hidden else _("off")
        tasks.append(Task(_("Safety mode"), words, Tone.BAD if hidden else Tone.IDLE, _to("safety", row)))
    return tasks


def _page(label: str, href: str, hint: str = "") -> Task:
    """A page to go to that has no standing to tell."""
    return Task(label, "", href=href, hint=hint)


def _structure_title(row: Organisation) -> str:
    return _("Board, decree, divisions") if row.kind == OrganisationKind.VILLAGE_GROUP else _("The board")


def _to(name: str, row: Organisation) -> str:
    return reverse(f"editing:{name}", args=[row.pk])
