"""What waits at the desk, counted for the home of whoever sits there: numbers that open into their lists, never a case.

Neutral words throughout: a home is seen over a shoulder.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.cases.queries.waiting import Waiting, lists_for
from simpul.cases.queries.worklist import MOST
from simpul.cases.rules.sight import SUPERVISE
from simpul.cases.stages import COORDINATE, RECORD
from simpul.kernel.actor import Actor, Member
from simpul.web.components import Panel, Task, Tone
from simpul.web.desk.due import Due, number
from simpul.web.http import Request

# What stands on a line, how urgent it is, and which list it opens.
LINES: Final[dict[Waiting, tuple[Promise, Tone, str, str]]] = {
    Waiting.OVERDUE: (gettext_lazy("Overdue"), Tone.BAD, "cases:list", "?rak=terlambat"),
    Waiting.TODAY: (gettext_lazy("Today"), Tone.WARN, "cases:list", "?rak=hari-ini"),
    Waiting.SOON: (gettext_lazy("Soon"), Tone.INFO, "cases:list", "?rak=segera"),
    Waiting.THREATS: (gettext_lazy("Safety of those who help"), Tone.BAD, "care:threats", "?yang=terbuka"),
    Waiting.COMPLAINTS: (gettext_lazy("New reports, not read yet"), Tone.BAD, "inbox:list", "?yang=baru"),
    Waiting.BROUGHT: (gettext_lazy("Brought to you"), Tone.WARN, "cases:list", "?rak=semua&milik=dibawa"),
    Waiting.REFERRALS: (gettext_lazy("Offices that have not answered"), Tone.WARN, "referral:list", "?yang=menunggu"),
    Waiting.CLOSURES: (gettext_lazy("Waits for you to agree"), Tone.WARN, "closing:list", ""),
    Waiting.REQUESTS: (gettext_lazy("Asked about one's own data"), Tone.WARN, "rights:list", "?yang=menunggu"),
    Waiting.CHECKINS: (gettext_lazy("How your colleagues are"), Tone.INFO, "care:mine", "?yang=dibagikan"),
}


def home_panels(request: Request) -> list[Panel]:
    """A card for each who has something waiting; counted with what else the home counts (`home_lists`)."""
    found = {kind: request.tally[kind] for kind in Waiting if kind in request.tally}
    cards = (_desk, _received, _unheard, _care, _office) if found else ()
    return [panel for card in cards for panel in card(request.actor, found)]


def home_lists(request: Request) -> dict[str, QuerySet[Any, Any]]:
    """What waits for the reader, to be counted."""
    if not isinstance(request.actor, Member):
        return {}
    return {kind.value: rows for kind, rows in lists_for(request.actor, now=timezone.now()).items()}


def _desk(actor: Actor, found: Mapping[Waiting, int]) -> Iterator[Panel]:
    keeps = actor.may(RECORD) or actor.may(COORDINATE)
    if not keeps and not actor.may(SUPERVISE):
        return
    tasks = [_line(kind, found[kind]) for kind in LINES if found.get(kind)]
    if tasks:
        action, href = (_("To the desk"), reverse("cases:list"))
        yield Due(_finding(found), "", tasks, action=action, href=href).panel(5)
    elif keeps:
        text = _("When somebody asks for help, open a case: five questions, less than two minutes.")
        title = _("Nothing waits at your desk")
        yield Due(title, text, action=_("Open a case"), href=reverse("cases:new")).panel(5, "main")
    else:
        text = _("What a group can't solve alone it brings to you, and you see it until it is settled.")
        title, href = _("Nothing was brought to you"), reverse("supervision:groups")
        yield Due(title, text, action=_("See how the groups get on"), href=href).panel(5, "main")


def _finding(found: Mapping[Waiting, int]) -> str:
    """The most urgent of it, as a heading."""
    if late := found[Waiting.OVERDUE]:
        return ngettext("%(n)s thing at your desk is overdue", "%(n)s things at your desk are overdue", late) % {
            "n": _shown(late)
        }
    if today := found[Waiting.TODAY]:
        return ngettext("%(n)s thing at your desk for today", "%(n)s things at your desk for today", today) % {
            "n": _shown(today)
        }
    return _("Nothing at your desk is overdue")


def _received(_actor: Actor, found: Mapping[Waiting, int]) -> Iterator[Panel]:
    """For whom this Simpul names, who may have no desk of their own."""
    if waiting := found.get(Waiting.RECEIVED):
        title = ngettext("%(n)s report waits for you", "%(n)s reports wait for you", waiting) % {"n": _shown(waiting)}
        text = _("No group was found for it, so it comes to whom this Simpul names: you.")
        yield Due(title, text, action=_("Read and answer"), href=reverse("inbox:list")).panel(5)


def _unheard(_actor: Actor, found: Mapping[Waiting, int]) -> Iterator[Panel]:
    """For whoever keeps the platform: that nobody reads, never what."""
    if waiting := found.get(Waiting.UNHEARD):
        title = ngettext("Nobody has opened %(n)s report", "Nobody has opened %(n)s reports", waiting)
        text = _("Ask whoever receives them here whether they can sign in, or name somebody else. You read none of it.")
        action, href = (_("Say who receives them"), reverse("node:change"))
        yield Due(title % {"n": _shown(waiting)}, text, action=action, href=href).panel(5)


def _care(_actor: Actor, found: Mapping[Waiting, int]) -> Iterator[Panel]:
    """Asked once a month, and last of all."""
    if found.get(Waiting.SAID_LATELY) != 0:
        return
    text = _("Three short questions, for yourself.")
    yield Due(_("And how are you?"), text, action=_("Say how I am"), href=reverse("care:mine")).panel(60, "main")


def _office(_actor: Actor, found: Mapping[Waiting, int]) -> Iterator[Panel]:
    letters = found.get(Waiting.LETTERS)
    if letters is None:
        return
    href = reverse("referral:inbox")
    if letters:
        title = ngettext("%(n)s letter waits for your answer", "%(n)s letters wait for your answer", letters)
        text = _("Groups sent somebody to you. Say whether you can help: they wait for that.")
        waiting = f"{href}?yang=menunggu"
        yield Due(title % {"n": _shown(letters)}, text, action=_("Read and answer"), href=waiting).panel(5)
        return
    text = _("What groups refer to you appears here. They call the number in your entry first: keep it right.")
    yield Due(_("No letter waits for your answer"), text, action=_("To the letters"), href=href).panel(5, "main")


def _line(kind: Waiting, many: int) -> Task:
    label, tone, name, query = LINES[kind]
    return Task(label, _shown(many), tone, f"{reverse(name)}{query}")


def _shown(many: int) -> str:
    """Beyond MOST nobody counts along."""
    return f"{number(MOST)}+" if many > MOST else number(many)
