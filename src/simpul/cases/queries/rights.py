"""Reading what people asked about their own data."""

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import RightsRequest
from simpul.cases.rights_kinds import Answer
from simpul.cases.rules.rights import requests_visible_to
from simpul.kernel.actor import Actor

NOTHING_TO_GIVE = _("There is no data that we can give.")
DONE = _("What you asked for was done.")


def requests_for(actor: Actor) -> QuerySet[RightsRequest]:
    """Those to be answered first, the oldest of them on top."""
    rows = RightsRequest.objects.filter(requests_visible_to(actor)).select_related("owner_organisation")
    return rows.order_by(F("answered_at").asc(nulls_first=True), "asked_at", "id")


def said_to(request: RightsRequest) -> Promise | None:
    """What the person who asked is told, None before it is answered. Of the answer alone: no file is looked at, and
    a refusal reads as if there were none.
    """
    if not request.answer:
        return None
    return DONE if request.answer == Answer.GIVEN else NOTHING_TO_GIVE
