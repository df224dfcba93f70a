"""The end of what is kept of a participant: nothing names them any more; that somebody came stays counted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Now

from simpul.activities.models import (
    ActionPoint,
    Certificate,
    Contribution,
    FeedbackLetter,
    Participant,
    Registration,
    TestScore,
)
from simpul.audit.erasers import eraser
from simpul.audit.services import note_erasures
from simpul.kernel.errors import Conflict
from simpul.people.erasing import Holding
from simpul.people.models import Person

_NAMING = ("name", "phone", "email", "needs", "learner", "organisation_name")


def forget(participant: Participant, *, now: datetime | Now) -> bool:
    """Whether there was anything left to forget. In the caller's transaction.

    Disability goes too; sex and age band, of an event with many, tell of nobody.
    """
    row = Participant.objects.select_for_update().filter(pk=participant.pk, erased_at=None).first()
    if row is None:
        return False
    for name in _NAMING:
        setattr(row, name, None)
    row.answers.all().delete()
    row.presences.all().delete()
    row.person = None
    row.disability, row.may_contact, row.publishing = "", False, "none"
    row.erased_at = now
    row.save()
    Registration.objects.filter(participant=row, withdrawn_at=None).update(
        seat=None, seated_at=None, offered_until=None, withdrawn_at=now
    )
    for certificate in Certificate.objects.filter(participant=row):
        certificate.name = None  # its code still tells whether it is valid
        certificate.save(update_fields=["name"])
    TestScore.objects.filter(participant=row).delete()
    FeedbackLetter.objects.filter(registration__participant=row).delete()
    note_erasures(row.ref)
    return True


@eraser("activities.participant")
def forget_again(ids: Sequence[UUID]) -> int:
    """Those who were forgotten after a backup was taken, in what was restored from it."""
    return sum(forget(row, now=Now()) for row in Participant.objects.filter(pk__in=ids, erased_at=None).order_by("pk"))


def _refuses(person: Person, now: datetime) -> Conflict | None:  # noqa: ARG001 - the shape of a holding
    return None


def _erase(person: Person) -> None:
    for row in Participant.objects.filter(person=person):
        forget(row, now=Now())
    Contribution.objects.filter(person=person).delete()
    ActionPoint.objects.filter(person=person).update(person=None)


HOLDING = Holding("activities.participants", _refuses, _erase)
