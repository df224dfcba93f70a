"""Who sees and who keeps an event's papers and pictures: its policy in `documents`."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import PhotoConsent, Visibility
from simpul.activities.models import Event
from simpul.activities.rules.events import KIND, near, organised_by, require_manager, visible_to
from simpul.documents.policies import Policy
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Organisation


class EventPaper(models.TextChoices):
    INVITATION = "invitation", _("Invitation")
    MATERIAL = "material", _("Material")
    MINUTES = "minutes", _("Minutes")
    RECORD = "record", _("Official record (berita acara)")
    SIGNED_LIST = "signed_list", _("Signed attendance list")
    PHOTO = "photo", _("Picture")
    OTHER = "other", _("Something else")


# What shows who was there is for the organisers, whatever audience somebody chose.
_NAMES_PEOPLE = (EventPaper.SIGNED_LIST,)


def papers_visible_to(actor: Actor) -> Q:
    """Over `Document`. A picture is shown beyond the organisers only where those in it agreed, and of no sensitive
    event.
    """
    seen = Event.objects.filter(visible_to(actor))
    shown = Event.objects.filter(~Q(photo_consent=PhotoConsent.NONE), is_sensitive=False)
    to_network = seen.filter(owner_organisation__in=Organisation.objects.filter(near(actor)).values("pk"))
    wide = Q(audience=Visibility.PUBLIC, subject_id__in=seen.values("pk"))
    wide |= Q(audience=Visibility.NETWORK, subject_id__in=to_network.values("pk"))
    wide &= ~Q(kind__in=_NAMES_PEOPLE)
    wide &= ~Q(kind=EventPaper.PHOTO) | Q(subject_id__in=shown.values("pk"))
    return wide | Q(subject_id__in=Event.objects.filter(organised_by(actor)).values("pk"))


def authorise_papers(actor: Actor, subject: RecordRef) -> UUID:
    """NotFound, Denied as `require_manager`. The event's owner owns them."""
    found = Event.objects.filter(visible_to(actor), pk=subject.uuid).select_related("owner_organisation").first()
    if found is None:
        raise NotFound(KIND, subject.uuid)
    require_manager(actor, found)
    return found.owner_organisation_id


POLICY = Policy(
    kinds={kind.value: kind.label for kind in EventPaper},
    audiences={audience.value: audience.label for audience in Visibility},
    visible=papers_visible_to,
    authorise=authorise_papers,
)
