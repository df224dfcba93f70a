"""What becomes of one delivery, as a table."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.lifecycle import Lifecycle, Transition


class State(models.TextChoices):
    """`SENT` says only that the next server took it: whether anybody was reached, opening alone proves."""

    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("handed over")
    FAILED = "failed", _("failed, will be tried again")
    UNCERTAIN = "uncertain", _("interrupted: perhaps handed over")
    GIVEN_UP = "given_up", _("failed")
    SPARED = "spared", pgettext_lazy("delivery", "no longer needed")


PLATFORM: Final = "notice.deliver"  # no role holds it: deliveries are the platform's
SENDER: Final = "notice.send"

LIFE: Final = Lifecycle(
    State.QUEUED,
    (
        Transition(State.QUEUED, "take", State.SENDING, PLATFORM),
        Transition(State.FAILED, "take", State.SENDING, PLATFORM),
        # Whoever took it is gone before the point of no return: another takes it up.
        Transition(State.SENDING, "take", State.SENDING, PLATFORM),
        Transition(State.SENDING, "hand_over", State.SENT, PLATFORM),
        Transition(State.SENDING, "fail", State.FAILED, PLATFORM),
        Transition(State.SENDING, "give_up", State.GIVEN_UP, PLATFORM),
        # Gone after the point of no return of a channel that can't tell a second message from the first.
        Transition(State.SENDING, "lose", State.UNCERTAIN, PLATFORM),
        # The answer came after all.
        Transition(State.UNCERTAIN, "hand_over", State.SENT, PLATFORM),
        Transition(State.UNCERTAIN, "fail", State.FAILED, PLATFORM),
        Transition(State.UNCERTAIN, "give_up", State.GIVEN_UP, PLATFORM),
        # Opened in Simpul, or the channel was turned off, before it was its turn.
        Transition(State.SENDING, "spare", State.SPARED, PLATFORM),
        # The channel is no longer there: its server or gateway was taken out of the settings.
        Transition(State.QUEUED, "spare", State.SPARED, PLATFORM),
        Transition(State.FAILED, "spare", State.SPARED, PLATFORM),
        Transition(State.GIVEN_UP, "retry", State.QUEUED, SENDER),
        Transition(State.FAILED, "retry", State.QUEUED, SENDER),
    ),
)
WAITING: Final = (State.QUEUED, State.FAILED)
