"""The life of a case, as data: from the report to the end, and back where it turns out not to have been one."""

from collections.abc import Iterator
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.lifecycle import Lifecycle, Transition


class Stage(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("case", "Received")
    TRIAGE = "triage", pgettext_lazy("case", "Being sorted")
    ASSESSMENT = "assessment", pgettext_lazy("case", "Being assessed")
    PLANNING = "planning", pgettext_lazy("case", "Planning the help")
    ASSISTING = "assisting", pgettext_lazy("case", "Being accompanied")
    REFERRED = "referred", pgettext_lazy("case", "Referred")
    MONITORING = "monitoring", pgettext_lazy("case", "Being followed up")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    TRANSFERRED = "transferred", pgettext_lazy("case", "Handed over")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Stopped at the person's wish")
    UNREACHABLE = "unreachable", pgettext_lazy("case", "Person can't be reached")
    DUPLICATE = "duplicate", pgettext_lazy("case", "Entered twice")
    REDIRECTED = "redirected", pgettext_lazy("case", "Sent to the right place")


class Act(models.TextChoices):
    OPEN = "open", _("Open")
    TRIAGE = "triage", _("Sort by type, risk and competence")
    ASSESS = "assess", _("Assess")
    PLAN = "plan", _("Plan the help")
    ASSIST = "assist", _("Accompany")
    REFER = "refer", _("Refer")
    MONITOR = "monitor", _("Follow up")
    CLOSE = "close", pgettext_lazy("case", "Close")
    TRANSFER = "transfer", _("Hand over")
    WITHDRAW = "withdraw", _("Stop at the person's wish")
    LOSE = "lose", _("Record that the person can't be reached")
    DUPLICATE = "duplicate", _("Mark as entered twice")
    REDIRECT = "redirect", _("Send to the right place")
    REOPEN = "reopen", _("Open again")


RECORD: Final = "case.record"
COORDINATE: Final = "case.coordinate"

OPEN_STAGES: Final = (
    Stage.RECEIVED,
    Stage.TRIAGE,
    Stage.ASSESSMENT,
    Stage.PLANNING,
    Stage.ASSISTING,
    Stage.REFERRED,
    Stage.MONITORING,
)
ENDED_STAGES: Final = tuple(stage for stage in Stage if stage not in OPEN_STAGES)

_FORWARD: Final[dict[Act, tuple[tuple[Stage, ...], Stage]]] = {
    Act.TRIAGE: ((Stage.RECEIVED,), Stage.TRIAGE),
    Act.ASSESS: ((Stage.TRIAGE, Stage.PLANNING, Stage.ASSISTING, Stage.MONITORING), Stage.ASSESSMENT),
    Act.PLAN: ((Stage.TRIAGE, Stage.ASSESSMENT, Stage.ASSISTING), Stage.PLANNING),
    # Danger waits for no assessment: help may begin from the first hour.
    Act.ASSIST: (
        (Stage.RECEIVED, Stage.TRIAGE, Stage.ASSESSMENT, Stage.PLANNING, Stage.REFERRED, Stage.MONITORING),
        Stage.ASSISTING,
    ),
    Act.REFER: ((Stage.TRIAGE, Stage.ASSESSMENT, Stage.PLANNING, Stage.ASSISTING), Stage.REFERRED),
    Act.MONITOR: ((Stage.ASSISTING, Stage.REFERRED), Stage.MONITORING),
}
# How it ends: from which stages, who may, whether words are asked for.
_ENDINGS: Final[dict[Act, tuple[tuple[Stage, ...], Stage, str, bool]]] = {
    Act.CLOSE: (OPEN_STAGES[1:], Stage.CLOSED, RECORD, False),
    Act.TRANSFER: (OPEN_STAGES, Stage.TRANSFERRED, COORDINATE, True),
    Act.WITHDRAW: (OPEN_STAGES, Stage.WITHDRAWN, RECORD, False),
    Act.LOSE: (OPEN_STAGES, Stage.UNREACHABLE, RECORD, True),
    Act.DUPLICATE: (OPEN_STAGES, Stage.DUPLICATE, COORDINATE, False),
    Act.REDIRECT: ((Stage.RECEIVED, Stage.TRIAGE), Stage.REDIRECTED, RECORD, True),
}


def _table() -> Iterator[Transition[Stage]]:
    for act, (sources, target) in _FORWARD.items():
        yield from (Transition(source, act, target, RECORD) for source in sources)
    for act, (sources, target, permission, needs_reason) in _ENDINGS.items():
        yield from (Transition(source, act, target, permission, needs_reason) for source in sources)
    yield from (Transition(s, Act.REOPEN, Stage.ASSESSMENT, COORDINATE, needs_reason=True) for s in ENDED_STAGES)


CASE_LIFE: Final = Lifecycle(Stage.RECEIVED, _table())
