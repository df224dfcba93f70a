"""While somebody had the use of their data stopped, a case is kept and nothing more."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, Party, Restriction
from simpul.cases.rules.sight import authorise_recording
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict


def is_restricted(case: Case, party: Party | None = None) -> bool:
    """Whether the use of the case is stopped, or of what is this person's in it."""
    whose = Q(party=None) | Q(party=party) if party else Q(party=None)
    return Restriction.objects.filter(whose, case=case, lifted_at=None).exists()


def authorise_processing(actor: Actor, case: Case, *, now: datetime, party: Party | None = None) -> None:
    """As recording; Conflict("restricted") while the use of the case, or of this person's data, is stopped.

    Asking for consent is open all the while: whoever lets their data be used again is asked before the stop is lifted.
    So are taking it back and correcting. A consent alone lifts nothing.
    """
    authorise_recording(actor, case, now=now)
    if is_restricted(case, party):
        message = _("The person had the use of their data stopped. Ask the coordinator before anything else is done.")
        raise Conflict("restricted", message=message)
