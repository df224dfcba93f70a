"""Who sees and who keeps an organisation's papers: its policy in `documents`."""

from uuid import UUID

from django.db.models import Q

from simpul.documents.policies import Policy
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation
from simpul.organisations.papers import PaperKind
from simpul.organisations.rules.organisations import KIND, authorise, seen_from_inside, visible_to, within
from simpul.organisations.rules.reach import in_a_network_with
from simpul.organisations.visibility import Audience


def papers_visible_to(actor: Actor) -> Q:
    """Over `Document`: as the fields of a profile, and none of an organisation that is out of sight."""
    listed = Organisation.objects.filter(visible_to(actor))
    seen = Q(audience=Audience.PUBLIC) | Q(subject_id__in=_inside(actor))
    if own := seen_from_inside(actor):
        near = Organisation.objects.filter(in_a_network_with(own))
        seen |= Q(audience=Audience.NETWORK, subject_id__in=near.values("pk"))
    return Q(subject_id__in=listed.values("pk")) & seen


def _inside(actor: Actor) -> object:
    """Its own people, and who looks after its entry."""
    kept = within(actor.scope("organisation.see_protected")) | within(actor.scope("organisation.edit"))
    return Organisation.objects.filter(Q(pk__in=seen_from_inside(actor)) | kept).values("pk")


def authorise_papers(actor: Actor, subject: RecordRef) -> UUID:
    """NotFound, Denied as `authorise`. An organisation owns its own papers."""
    found = Organisation.objects.filter(visible_to(actor), pk=subject.uuid).first()
    if found is None:
        raise NotFound(KIND, subject.uuid)
    authorise(actor, "organisation.edit", found)
    return found.pk


POLICY = Policy(
    kinds={kind.value: kind.label for kind in PaperKind},
    audiences={audience.value: audience.label for audience in Audience},
    visible=papers_visible_to,
    authorise=authorise_papers,
)
