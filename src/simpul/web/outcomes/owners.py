"""Who may have promised something at an event: oneself, the host, its co-hosts, and the organisations that came."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.activities.models import CoHost, Event, Participant
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisations_for
from simpul.people.models import Person

MYSELF: Final = "saya"
MOST: Final = 100


def owners_of(actor: Actor, event: Event) -> list[tuple[str, Any]]:
    """Two queries at most."""
    came = Participant.objects.filter(event=event, organisation__isnull=False).values("organisation_id")
    together = CoHost.objects.filter(event=event, confirmed_at__isnull=False).values("organisation_id")
    wanted = Q(pk=event.owner_organisation_id) | Q(pk__in=together) | Q(pk__in=came)
    rows = organisations_for(actor).filter(wanted).order_by("sort_key")[:MOST]
    me = [(MYSELF, _("Myself"))] if actor.person_id else []
    return [("", _("Somebody else")), *me, *((str(row.pk), row.name) for row in rows)]


def named_owner(actor: Actor, chosen: str) -> dict[str, Any]:
    """What was chosen of these, as `add_action` takes it."""
    if chosen == MYSELF:
        return {"person": Person.objects.get(pk=str(actor.person_id))}
    if not chosen:
        return {}
    found = Organisation.objects.filter(pk=UUID(chosen)).first()
    if found is None:
        raise Invalid("unknown_choice", "owner", message=_("Choose one of the list."))
    return {"organisation": found}
