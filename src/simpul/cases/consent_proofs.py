"""A consent that was signed on the screen or said into the telephone: what was signed or said, sealed by its own key.

It is a document of the person whose consent it is, under the key of the consent. No general address serves it: it is
read on the pages of its case, where each look is noted, and it goes when the person's data go.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.cases.consent_kinds import Manner
from simpul.cases.models import Consent, Party
from simpul.cases.stages import COORDINATE, RECORD
from simpul.documents.kinds import Family
from simpul.documents.models import Document, RemovalReason, Version
from simpul.documents.policies import Policy
from simpul.documents.services.keeping import add_document, remove_document
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.kernel.refs import RecordRef

KIND: Final = "cases.party"
FAMILIES: Final = {Manner.SIGNATURE: Family.PICTURE, Manner.AUDIO: Family.SOUND}
_PLATFORM: Final = System("consent")


def require_proof(row: Consent, upload: UUID | None) -> None:
    """Invalid("proof"): what was signed or said is there, or the number of what it stands on elsewhere."""
    if row.manner in FAMILIES and upload is None and not row.sheet_number:
        message = _("Let them sign or speak here, or write the number of what it is kept on.")
        raise Invalid("proof", "manner", message=message)


@contextmanager
def kept_proof(actor: Actor, row: Consent, upload: UUID | None, *, now: datetime) -> Iterator[None]:
    """The upload is the proof of the consent that is written within; where that is refused, it is gone again.

    Invalid("proof") for what is neither a picture of a signature nor a voice, as the consent says; and as
    `add_document`.
    """
    if upload is None or row.manner not in FAMILIES or Document.objects.filter(pk=row.pk).exists():
        yield
        return
    made = add_document(
        actor, row.party.ref, id=row.pk, upload=upload, title="–", kind="consent", audience="desk", now=now
    )
    try:
        _check(made, Manner(row.manner))
        yield
    except Exception:
        remove_document(_PLATFORM, made, reason=RemovalReason.MISTAKE, now=now)
        raise


def _check(made: Document, manner: Manner) -> None:
    if made.versions.get().type.family is not FAMILIES[manner]:
        raise Invalid("proof", "manner", message=_("Choose a picture of a signature, or a recording of a voice."))


def proof_of(consent: Consent) -> Version | None:
    """What was signed or said, None where it lies elsewhere. For whoever was judged already."""
    rows = Version.objects.filter(document=consent.pk, document__subject_kind=KIND, document__removed_at=None)
    return rows.select_related("document").first()


def is_kept_here(consent: Consent) -> bool:
    """By the row alone: else the number says where."""
    return consent.manner in FAMILIES and not consent.sheet_number


def _authorise(actor: Actor, subject: RecordRef) -> UUID:
    """Added by whoever may record at the group that keeps the case; whether they see it was asked before. NotFound."""
    party = Party.objects.filter(pk=subject.uuid).select_related("case").first()
    if party is None:
        raise NotFound(KIND, subject.uuid)
    owner = party.case.owner_organisation_id
    if not any(actor.may_at(permission, owner, party.case.area_id) for permission in (RECORD, COORDINATE)):
        raise Denied(RECORD, subject)
    return owner


def _nobody(_actor: Actor) -> Q:
    return Q(pk__in=())


PROOFS: Final = Policy(
    kinds={"consent": _("What was signed or said")},
    audiences={"desk": _("Whoever sees the case")},
    visible=_nobody,
    authorise=_authorise,
    confidential=True,
)
