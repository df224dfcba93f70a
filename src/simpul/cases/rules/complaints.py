"""Who sees a complaint: the coordinator of the group, an assigned companion, the supervisor above.

What is confidential is the coordinator's alone until somebody is assigned. For whom it is about, and for whom the
reporter keeps it from, it does not exist. No role at the node reaches any.
"""

from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from simpul.cases.complaint_kinds import Level
from simpul.cases.models import Complaint, ComplaintAssignment, ComplaintDraft, ComplaintExclusion
from simpul.documents.policies import Policy
from simpul.kernel.actor import Actor, Member, Reach, System, Visitor
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.refs import RecordRef
from simpul.organisations.models import Node
from simpul.organisations.rules.organisations import EVERYTHING, NOTHING

KIND: Final = "cases.complaint"
RECORD: Final = "case.record"
COORDINATE: Final = "case.coordinate"
SUPERVISE: Final = "case.supervise"


def visible_to(actor: Actor) -> Q:
    """The complaints an actor may read, and so which ones exist for them."""
    if isinstance(actor, System):
        return EVERYTHING
    if not isinstance(actor, Member):
        return NOTHING
    read = _leads(actor) | Q(level=Level.GROUP) & _at(actor, RECORD) & (Q(is_confidential=False) | _assigned(actor))
    return read & ~kept_from(actor)


def shelves_of(actor: Actor) -> list[Q]:
    """Where those the actor may read lie, in parts that an index has in order: what one organisation answers, and what
    no group was found for. Where to look, never who may see: `visible_to` is asked of each too.
    """
    if isinstance(actor, System):
        return [EVERYTHING]
    answering = {
        entry.organisation_id
        for permission in (RECORD, COORDINATE, SUPERVISE)
        for entry in actor.scope(permission).entries
        if entry.organisation_id
    }
    return [Q(handler=one) & ~Q(level=Level.NODE) for one in sorted(answering)] + [Q(level=Level.NODE)]


def decided_by(actor: Actor) -> Q:
    """Those whose outcome the actor may decide: who leads where it is answered, or the assigned companion."""
    if isinstance(actor, System):
        return EVERYTHING
    if not isinstance(actor, Member):
        return NOTHING
    return (_leads(actor) | Q(level=Level.GROUP) & _at(actor, RECORD) & _assigned(actor)) & ~kept_from(actor)


def led_by(actor: Actor) -> Q:
    """Those that the actor may give to somebody, or pass on."""
    if isinstance(actor, System):
        return EVERYTHING
    return _leads(actor) & ~kept_from(actor) if isinstance(actor, Member) else NOTHING


def _leads(actor: Member) -> Q:
    above = [
        e.organisation_id
        for e in actor.scope(SUPERVISE).entries
        if e.organisation_id and e.reach is Reach.ACCOMPANIED and e.area_code is None
    ]
    at_group = Q(level=Level.GROUP) & _at(actor, COORDINATE)
    return at_group | Q(level=Level.ABOVE, handler__in=above) | Q(level=Level.NODE) & _receives(actor)


def _at(actor: Member, permission: str) -> Q:
    """Answered by an organisation at which the permission is held itself: no wider reach opens a complaint."""
    found = NOTHING
    for entry in actor.scope(permission).entries:
        if entry.organisation_id is None or entry.reach is not Reach.OWN:
            continue
        here = Q(handler=entry.organisation_id)
        found |= here & Q(area__code__within=entry.area_code) if entry.area_code else here
    return found


def _receives(actor: Member) -> Q:
    """Whether this Simpul names the actor as who receives complaints that no group could be found for."""
    if actor.person_id is None or actor.via:
        return NOTHING
    named = Node.objects.filter(complaints_to=str(RecordRef("people.person", actor.person_id)))
    return Q(Exists(named))


def _assigned(actor: Member) -> Q:
    rows = ComplaintAssignment.objects.filter(complaint=OuterRef("pk"), person=actor.person_id, ended_at=None)
    return Q(Exists(rows)) if actor.person_id else NOTHING


def kept_from(actor: Actor) -> Q:
    """Those that must not exist for the actor."""
    rows = ComplaintExclusion.objects.filter(complaint=OuterRef("pk"), person=actor.person_id)
    return Q(Exists(rows)) if actor.person_id else NOTHING


def reads_any(actor: Actor) -> bool:
    """Whether there is an inbox for the actor at all: by what they hold, or because this Simpul names them."""
    if not isinstance(actor, Member):
        return isinstance(actor, System)
    held = any(actor.may(permission) for permission in (RECORD, COORDINATE, SUPERVISE))
    return held or Node.objects.filter(_receives(actor)).exists()


def require(actor: Actor, rule: Q, complaint: Complaint, permission: str) -> None:
    """NotFound where it is out of sight, as for one that never was; Denied where only this act is refused."""
    rows = Complaint.objects.filter(pk=complaint.pk)
    if rows.filter(rule).exists():
        return
    if not rows.filter(visible_to(actor)).exists():
        raise NotFound(KIND, complaint.pk)
    raise Denied(permission, complaint.ref)


def require_sight(actor: Actor, complaint: Complaint) -> None:
    if not Complaint.objects.filter(visible_to(actor), pk=complaint.pk).exists():
        raise NotFound(KIND, complaint.pk)


def files_visible_to(actor: Actor) -> Q:
    """Over `Document`: recordings and pictures are for who reads the complaint."""
    return Q(subject_id__in=Complaint.objects.filter(visible_to(actor)).values("pk"))


def authorise_files(actor: Actor, subject: RecordRef) -> UUID:
    """Added by whoever is writing the draft, removed by the platform; each complaint owns its own. NotFound."""
    if isinstance(actor, System):
        return subject.uuid
    if isinstance(actor, Visitor):
        drafts = ComplaintDraft.objects.filter(pk=actor.visit_id, complaint=subject.uuid, sent_at=None)
        if drafts.exists():
            return subject.uuid
    raise NotFound(KIND, subject.uuid)


FILES: Final = Policy(
    kinds={"file": _("Recording or picture")},
    audiences={"desk": _("Whoever reads the complaint")},
    visible=files_visible_to,
    authorise=authorise_files,
    confidential=True,
)
