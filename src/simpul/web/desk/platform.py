"""Cards for who keeps the platform, and for who watches it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from simpul.audit.queries import head, last_verified, unsealed
from simpul.kernel.health import Finding, Level, probes
from simpul.kernel.time import Zone
from simpul.organisations.queries.node import this_node
from simpul.vault.queries import last_export
from simpul.web import formats
from simpul.web.components import Panel, Row, Task, Text, Tone
from simpul.web.desk.due import Desk, Due, number, way

# The probes of `simpul check` that a page can wait for; the others read whole tables. Name -> what fails, what to do.
QUICK: Final[dict[str, tuple[Text, Text]]] = {
    "audit.sealing": (gettext_lazy("Acts wait to be sealed"), gettext_lazy("Start the worker, or read its log.")),
    "config.disk": (gettext_lazy("The disk fills up"), gettext_lazy("Free some space, or plan for more.")),
    "config.queue": (gettext_lazy("Tasks wait or have failed"), gettext_lazy("Start the worker, or read its log.")),
    "vault.ring": (
        gettext_lazy("Something is amiss with the keys"),
        gettext_lazy("Look at them before all else."),
    ),
}
CHECK: Final = "simpul check"
TONES: Final = {Level.OK: Tone.OK, Level.WARN: Tone.WARN, Level.FAIL: Tone.BAD}


def health(desk: Desk) -> Iterator[Panel]:
    """What the quick probes find amiss; the whole check is the command line's."""
    amiss = [(name, found) for name, found in _asked(desk.now) if found.level is not Level.OK]
    if not amiss:
        text = _("Looked at just now: the seal, the disk, the tasks, the keys. This looks at everything:")
        yield Due(_("The platform is well"), text, command=CHECK).panel(10, "idle")
        return
    title = ngettext("%(n)s thing to look after", "%(n)s things to look after", len(amiss))
    words = {Level.WARN: _("when you have time"), Level.FAIL: _("now")}
    tasks = [Task(QUICK[name][0], words[found.level], TONES[found.level], hint=QUICK[name][1]) for name, found in amiss]
    text = _("This says more, and looks at everything:")
    yield Due(title % {"n": number(len(amiss))}, text, tasks, command=CHECK).panel(10)


def _asked(now: datetime) -> Iterator[tuple[str, Finding]]:
    autodiscover_modules("health")
    known = probes()
    for name in QUICK:
        for found in known[name](now):
            yield name, found


def this_simpul(_desk: Desk) -> Iterator[Panel]:
    """What this deployment is set to, and whether its keys would survive the disk."""
    node, export = this_node(), last_export()
    if export.at is None or not export.complete:
        text = _(
            "Who loses the keys loses all that is encrypted. Write them to a file, and keep file and passphrase apart "
            "from the backups:"
        )
        title = _("Export the keys") if export.at is None else _("Export the keys again: there are newer ones")
        yield Due(title, text, command="simpul keys export FILE").panel(15)
    exported = _moment(export.at) if export.at else _("never")
    rows = [Row(_("Keys last exported"), exported)]
    if node:
        rows = [
            Row(_("Belongs to"), node.host.name),
            Row(_("Complaints go to"), _("somebody is named") if node.complaints_to else _("nobody yet")),
            *rows,
        ]
    href = way("/simpul-ini/") if node else ""
    yield _facts(_("This Simpul"), rows, href, _("Change it"))


def record_of_acts(_desk: Desk) -> Iterator[Panel]:
    """How far the record of acts is sealed, and when somebody last proved that it is whole."""
    waiting, oldest = unsealed()
    end, proved = head(), last_verified()
    rows = [
        Row(_("Acts not sealed yet"), number(waiting)),
        Row(_("The oldest of them"), _moment(oldest) if oldest else formats.NOTHING),
        Row(_("Head of the chain"), str(end) if end else formats.NOTHING),
        Row(_("Last proved whole"), _moment(proved) if proved else _("never")),
    ]
    yield _facts(_("The record of acts"), rows, way("/audit/"), _("Read it"))
    if proved is None:
        text = _("Ask the operator to run this beside you, and note the head of the chain it prints:")
        yield Due(_("Nobody has proved the record whole yet"), text, command="simpul audit verify").panel(30)


def _facts(title: str, rows: list[Row], href: str, action: str) -> Panel:
    return Panel("desk/facts.html", {"title": title, "rows": rows, "href": href, "action": action}, "main", 10)


def _moment(instant: datetime) -> str:
    return formats.moment(instant, Zone.WIB, language=get_language() or "id")
