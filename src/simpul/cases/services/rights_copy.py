"""Handing over what somebody asked to see."""

from datetime import datetime

from django.db import transaction

from simpul.audit import services as audit
from simpul.cases.case_locks import held_request
from simpul.cases.models import Opening, RightsRequest
from simpul.cases.queries.rights_copy import Copy, copy_of, require_copy
from simpul.kernel.actor import Actor

PAGE = "rights:copy"


def hand_over_copy(actor: Actor, request: RightsRequest, *, with_story: bool, now: datetime) -> Copy:
    """The data and the trail, to be printed and given in person: it can't be called back. Each time is a look at the
    case, and stands in the record of acts.

    NotFound, Denied("case.satisfy_rights"); Conflict("not_granted") before access was granted.
    """
    with transaction.atomic():
        party = require_copy(actor, held_request(request), now=now)
        copy = copy_of(actor, request, with_story=with_story, now=now)
        Opening.objects.create(case_id=party.case_id, person_id=actor.person_id, page=PAGE, at=now)
        audit.record(actor, "cases.hand_over_copy", request.ref, details={"story": with_story})
    return copy
