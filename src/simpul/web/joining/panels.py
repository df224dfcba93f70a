"""An application in lines: what happened to it, how long it has waited, and what waits on the secretariat's home."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.kernel.time import Zone, local_date
from simpul.organisations.admission import Act, ApplicationState
from simpul.organisations.models import ApplicationStep
from simpul.web import formats
from simpul.web.components import Event, Tone

TONES: dict[str, Tone] = {
    ApplicationState.SUBMITTED: Tone.WARN,
    ApplicationState.VERIFYING: Tone.INFO,
    ApplicationState.ASKED: Tone.IDLE,
    ApplicationState.VERIFIED: Tone.WARN,
    ApplicationState.ACCEPTED: Tone.OK,
    ApplicationState.REFUSED: Tone.BAD,
    ApplicationState.WITHDRAWN: Tone.IDLE,
    ApplicationState.DISMISSED: Tone.IDLE,
}


def events(steps: Iterable[tuple[ApplicationStep, str]], *, for_applicant: bool = False) -> list[Event]:
    """Each step on its day. The applicant is spoken to, and is not shown who in the secretariat did what."""
    told = [_event(step, words, for_applicant=for_applicant) for step, words in steps]
    return [*told[:-1], *([_now(told[-1])] if told else [])]


def _event(step: ApplicationStep, words: str, *, for_applicant: bool) -> Event:
    title = _FOR_APPLICANT[step.act]() if for_applicant else str(Act(step.act).label)
    decided = _("%(organ)s, %(day)s") % {"organ": step.decided_by, "day": _day(step)} if step.decided_by else ""
    note = " · ".join(part for part in (decided, step.minutes, words) if part)
    language = get_language() or "id"
    return Event(formats.moment(step.recorded_at, Zone.WIB, language=language), title, note, state="done")


def _now(event: Event) -> Event:
    return Event(event.when, event.title, event.note, event.iso, "now")


def _day(step: ApplicationStep) -> str:
    return formats.day(step.decided_on, language=get_language() or "id") if step.decided_on else ""


def age(received: datetime, now: datetime) -> int:
    """Whole days by the calendar in Jakarta."""
    return (local_date(now, Zone.WIB) - local_date(received, Zone.WIB)).days


def waited(days: int) -> str:
    number = formats.number(days, language=get_language() or "id")
    return _("came today") if not days else ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": number}


_FOR_APPLICANT = {
    Act.SUBMIT.value: lambda: _("Your application was received"),
    Act.BEGIN.value: lambda: _("The secretariat reads it"),
    Act.ASK.value: lambda: _("The secretariat asks you"),
    Act.ANSWER.value: lambda: _("You answered"),
    Act.VERIFY.value: lambda: _("It is verified and waits for the decision"),
    Act.REVIEW.value: lambda: _("The secretariat looks at it once more"),
    Act.ACCEPT.value: lambda: _("Your organisation is a member"),
    Act.REFUSE.value: lambda: _("The network decided not to admit it for now"),
    Act.DISMISS.value: lambda: _("It is not taken further"),
    Act.WITHDRAW.value: lambda: _("You withdrew it"),
}
