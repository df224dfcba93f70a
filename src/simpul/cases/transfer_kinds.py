"""Handing a case over to another organisation: how far it came."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class TransferState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("handing over", "Being prepared")
    ASKED = "asked", pgettext_lazy("handing over", "Waits for their answer")
    UNANSWERED = "unanswered", pgettext_lazy("handing over", "Not answered")
    ACCEPTED = "accepted", pgettext_lazy("handing over", "Taken over")
    REFUSED = "refused", pgettext_lazy("handing over", "Not taken over")
    REVOKED = "revoked", pgettext_lazy("handing over", "Taken back")


# With the other organisation; a late answer is still one.
OFFERED_TRANSFERS: Final = (TransferState.ASKED, TransferState.UNANSWERED)
OPEN_TRANSFERS: Final = (TransferState.DRAFT, *OFFERED_TRANSFERS)
CLOCK: Final = "P04"
LONGEST: Final = 2_000
