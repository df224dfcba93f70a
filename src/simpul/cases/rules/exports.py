"""Who takes the register out, and who sees that it was taken out."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from simpul.cases.export_kinds import EXPORT, UNMASK
from simpul.cases.models import Case, CaseExport, ExportedCase, Restriction
from simpul.cases.rules.sight import NOTHING, covered, visible_to
from simpul.kernel.actor import Actor, Reach
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.models import Organisation

KIND = "cases.caseexport"


def exports_visible_to(actor: Actor, *, now: datetime) -> Q:
    """One's own; and of a group all of whose cases one may take out, those in which one sees a case. The days, the area
    and the reason of any other would tell of a case that is hidden from the reader.
    """
    entries = [e for e in actor.scope(EXPORT).entries if e.reach is Reach.OWN and e.organisation_id]
    if not entries or actor.person_id is None:
        return NOTHING
    whole = [e.organisation_id for e in entries if e.area_code is None]
    own = Q(asked_by=actor.person_id, owner_organisation__in=[e.organisation_id for e in entries])
    seen = Case.objects.filter(visible_to(actor, now=now), pk=OuterRef("case_id"))
    holds_one = ExportedCase.objects.filter(Exists(seen), export=OuterRef("pk"))
    return own | (Q(owner_organisation__in=whole) & Q(Exists(holds_one)))


def require_exporting(actor: Actor, organisation: Organisation, *, unmasked: bool) -> UUID:
    """Who it is: nobody but a person takes anything out. Denied with the permission that is missing."""
    for permission in (EXPORT, UNMASK)[: 1 + unmasked]:
        if not _is_held_at(actor, permission, organisation):
            raise Denied(permission, organisation.ref)
    if actor.person_id is None:
        raise Denied(EXPORT, organisation.ref)
    return actor.person_id


def require_export(actor: Actor, export: CaseExport, *, now: datetime) -> None:
    if not CaseExport.objects.filter(exports_visible_to(actor, now=now), pk=export.pk).exists():
        raise NotFound(KIND, export.pk)


def exportable(actor: Actor) -> Q:
    """Over cases one sees: those within the grants, apart from those whose use was stopped."""
    stopped = Restriction.objects.filter(case=OuterRef("pk"), lifted_at=None)
    return covered(actor.scope(EXPORT)) & ~Q(Exists(stopped))


def _is_held_at(actor: Actor, permission: str, organisation: Organisation) -> bool:
    return any(
        entry.reach is Reach.OWN and entry.organisation_id == organisation.pk
        for entry in actor.scope(permission).entries
    )
