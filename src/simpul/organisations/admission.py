"""How an organisation becomes a member: the states of an application, the acts that lead on, what is checked."""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.kernel.lifecycle import Lifecycle, Transition

MANAGE: Final = "membership.manage"
RECEIPT: Final = "application.receipt"  # no role: what the applicant may do who shows the receipt


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", _("Received")
    VERIFYING = "verifying", _("Being verified")
    ASKED = "asked", _("Waits for an answer")
    VERIFIED = "verified", _("Verified, waits for the decision")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")
    DISMISSED = "dismissed", _("Set aside")


State = ApplicationState
OPEN: Final = (State.SUBMITTED, State.VERIFYING, State.ASKED, State.VERIFIED)
CLOSED: Final = (State.ACCEPTED, State.REFUSED, State.WITHDRAWN, State.DISMISSED)


class Act(models.TextChoices):
    """What is done to an application. Those of the applicant are `answer` and `withdraw`."""

    SUBMIT = "submit", _("Received the application")
    BEGIN = "begin", _("Began to verify it")
    ASK = "ask", _("Asked the applicant")
    ANSWER = "answer", _("The applicant answered")
    VERIFY = "verify", _("Verified it")
    REVIEW = "review", _("Took it back to be verified again")
    ACCEPT = "accept", _("Accepted it")
    REFUSE = "refuse", _("Refused it")
    DISMISS = "dismiss", _("Set it aside")
    WITHDRAW = "withdraw", _("The applicant withdrew it")


def _from(sources: Iterable[State], act: Act, target: State, permission: str, *, why: bool) -> list[Transition[str]]:
    return [Transition(source, act, target, permission, why) for source in sources]


LIFECYCLE: Final = Lifecycle[str](
    State.SUBMITTED,
    [
        Transition(State.SUBMITTED, Act.BEGIN, State.VERIFYING, MANAGE),
        Transition(State.VERIFYING, Act.ASK, State.ASKED, MANAGE, needs_reason=True),
        Transition(State.ASKED, Act.ANSWER, State.VERIFYING, RECEIPT, needs_reason=True),
        # The applicant doesn't answer, or has answered by telephone.
        Transition(State.ASKED, Act.REVIEW, State.VERIFYING, MANAGE),
        Transition(State.VERIFYING, Act.VERIFY, State.VERIFIED, MANAGE),
        Transition(State.VERIFIED, Act.REVIEW, State.VERIFYING, MANAGE, needs_reason=True),
        Transition(State.VERIFIED, Act.ACCEPT, State.ACCEPTED, MANAGE),
        Transition(State.VERIFIED, Act.REFUSE, State.REFUSED, MANAGE, needs_reason=True),
        # Not meant seriously, or sent twice: it never comes to a decision.
        *_from((State.SUBMITTED, State.VERIFYING, State.ASKED), Act.DISMISS, State.DISMISSED, MANAGE, why=True),
        *_from(OPEN, Act.WITHDRAW, State.WITHDRAWN, RECEIPT, why=False),
    ],
)
DECISIONS: Final = frozenset({Act.ACCEPT, Act.REFUSE})  # these name who decided, and when


class Check(models.TextChoices):
    """What the secretariat finds out before anybody decides."""

    EXISTS = "exists", _("The organisation exists: somebody has spoken to it, visited it or knows it")
    SPEAKS = "speaks", _("The contact person speaks for it")
    SINGLE = "single", _("It is not in the directory under another name, nor applying twice")
    AIMS = "aims", _("Its aims fit those of the network")
    PAPERS = "papers", _("Its papers were seen: decree, SKT or a letter of the village")
    READINESS = "readiness", _("It has signed the statement of readiness")
    NEUTRAL = "neutral", _("It is politically neutral")


# Without these nothing is verified; the others are for the decision to weigh.
NEEDED: Final = (Check.EXISTS, Check.SPEAKS, Check.SINGLE)
