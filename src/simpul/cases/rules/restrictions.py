"""While somebody had the use of their data stopped, a case is kept and nothing more."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, Restriction
from simpul.cases.rules.sight import authorise_recording
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict


def is_restricted(case: Case) -> bool:
    return Restriction.objects.filter(case=case, lifted_at=None).exists()


def authorise_processing(actor: Actor, case: Case, *, now: datetime) -> None:
    """As recording; Conflict("restricted") while the use of the case is stopped."""
    authorise_recording(actor, case, now=now)
    if is_restricted(case):
        message = _("The person had the use of their data stopped. Ask the coordinator before anything else is done.")
        raise Conflict("restricted", message=message)
