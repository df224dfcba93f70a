"""Taking an application one step on: under its lock, by the table of its lifecycle, never twice."""

from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.admission import LIFECYCLE
from simpul.organisations.models import ApplicationStep, MembershipApplication
from simpul.organisations.shapes import check_past
from simpul.organisations.shapes import words as words_of
from simpul.records.locks import lock_graph

MOST_WORDS: Final = 2000


def lock_application(application: MembershipApplication) -> ApplicationStep:
    """One at a time goes on from here; its last step. Within the caller's transaction."""
    lock_graph(f"organisations.application.{application.pk}")
    return last_step(application)


def last_step(application: MembershipApplication) -> ApplicationStep:
    return application.steps.order_by("-number")[0]


def take_step(
    actor: Actor, application: MembershipApplication, last: ApplicationStep, act: str, *, words: str, now: datetime,
    decided_by: str = "", decided_on: date | None = None, minutes: str = "",
) -> tuple[ApplicationStep, bool]:  # fmt: skip
    """The next step, and whether this call made it: the same step of the same person again is the one already there.

    Invalid("words_needed" | "too_long"), Conflict("moved_meanwhile") where the table knows no such act from here.
    """
    if len(words) > MOST_WORDS:
        raise Invalid("too_long", "words", message=_("Use at most %(n)s characters.") % {"n": MOST_WORDS})
    if _is_repeated(actor, last, act, words):
        return last, False
    state = _target(last.state, act, words)
    made = ApplicationStep.objects.create(
        application=application,
        number=last.number + 1,
        act=act,
        state=state,
        words=words or None,
        decided_by=decided_by,
        decided_on=decided_on,
        minutes=minutes,
        acted_by=actor.person_id,
        recorded_at=now,
    )
    return made, True


def decide_step(
    actor: Actor, application: MembershipApplication, act: str, *, decided_by: str, decided_on: date, words: str,
    minutes: str, now: datetime,
) -> tuple[ApplicationStep, bool]:  # fmt: skip
    """As `take_step`, by an organ of the network on a day. Invalid("decider_needed", "decided_by")."""
    decided_by = words_of(200)("decided_by", decided_by)
    if not decided_by:
        message = _("Write which organ of the network decided, for example: presidium meeting.")
        raise Invalid("decider_needed", "decided_by", message=message)
    check_past(decided_on, "decided_on", now)
    last = lock_application(application)
    return take_step(
        actor, application, last, act, words=words.strip(), now=now,
        decided_by=decided_by, decided_on=decided_on, minutes=words_of(200)("minutes", minutes),
    )  # fmt: skip


def _is_repeated(actor: Actor, last: ApplicationStep, act: str, words: str) -> bool:
    return (last.act, last.acted_by, opened(last.words)) == (act, actor.person_id, words)


def opened(sealed: Any) -> str:
    """What a sealed text says; "" for none."""
    return str(sealed.open()) if sealed is not None else ""


def _target(state: str, act: str, words: str) -> str:
    try:
        return LIFECYCLE.transition(state, act, reason=words).target
    except Conflict as refusal:
        if refusal.code == "reason_needed":
            message = _("Write a few words: the applicant reads them.")
            raise Invalid("words_needed", "words", message=message) from refusal
        moved = _("This application has moved on meanwhile. Look at where it stands now, then decide.")
        raise Conflict("moved_meanwhile", message=moved, theirs={"state": state}) from refusal
