"""Writing down what was said and agreed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Event, Minutes
from simpul.activities.rules.events import require_manager
from simpul.activities.states import EventState
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.text import squeeze
from simpul.organisations.shapes import words
from simpul.records.locks import lock_graph

LONGEST = 20_000
MOST_DECISIONS = 40
MOST_SIGNERS = 12


def write_minutes(
    actor: Actor,
    event: Event,
    *,
    seen: int,
    led_by: str = "",
    written_by: str = "",
    number: str = "",
    agenda: str = "",
    discussion: str = "",
    decisions: Sequence[str] = (),
    signers: Sequence[tuple[str, str]] = (),
    now: datetime,
) -> Minutes:
    """The whole of them. `seen` is the version one has read, 0 for none yet. `signers` are names with their offices.

    Invalid("too_long" | "too_many"), Conflict("cancelled" | "edited_meanwhile") where somebody wrote meanwhile.
    """
    require_manager(actor, event)
    if event.state is EventState.CANCELLED:
        raise Conflict("cancelled", message=_("This event was cancelled."))
    plain = {
        "number": words(60)("number", number),
        "agenda": _text("agenda", agenda),
        "discussion": _text("discussion", discussion),
        "decisions": _each("decisions", decisions, MOST_DECISIONS),
    }
    names = {"led_by": words(160)("led_by", led_by), "written_by": words(160)("written_by", written_by)}
    signing = _signers(signers)
    with transaction.atomic():
        lock_graph(f"activities.minutes.{event.pk}")
        row = Minutes.objects.filter(event=event).first() or Minutes(event=event, version=0)
        if row.version != seen:
            message = _("Somebody wrote at these minutes meanwhile. Reload the page; what you typed stays in this one.")
            raise Conflict("edited_meanwhile", message=message)
        for name, value in plain.items():
            setattr(row, name, value)
        for name, value in names.items():
            setattr(row, name, value or None)
        row.signers = signing
        row.version, row.changed_at, row.changed_by = seen + 1, now, actor.person_id
        row.save()
        audit.record(actor, "activities.write_minutes", event.ref, details={"version": row.version})
    return row


def _text(field: str, text: str) -> str:
    """With its paragraphs."""
    plain = "\n".join(squeeze(line) for line in text.replace("\r\n", "\n").split("\n")).strip()
    if len(plain) > LONGEST:
        raise Invalid("too_long", field, message=_("Use at most %(longest)s characters.") % {"longest": LONGEST})
    return plain


def _each(field: str, lines: Sequence[str], most: int) -> list[str]:
    told = [said for line in lines if (said := words(600)(field, line))]
    if len(told) > most:
        raise Invalid("too_many", field, message=_("Write at most %(most)s lines.") % {"most": most})
    return told


def _signers(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    told = [[words(160)("signers", name), words(120)("signers", office)] for name, office in pairs if name.strip()]
    if len(told) > MOST_SIGNERS:
        raise Invalid("too_many", "signers", message=_("Write at most %(most)s lines.") % {"most": MOST_SIGNERS})
    return told
