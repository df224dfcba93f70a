"""How an organisation wants its desk to work, decided with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.audit.rules import Detail
from simpul.cases.care_kinds import CheckinReaders
from simpul.cases.models import DeskRules
from simpul.cases.rules.desk import require_leading
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid
from simpul.kernel.text import squeeze
from simpul.organisations.models import Organisation
from simpul.records.locks import lock_graph


def set_desk_rules(
    actor: Actor, organisation: Organisation, *, approves_closure: bool, checkins: str, reason: str, now: datetime
) -> DeskRules:
    """From now on somebody else agrees before a case is closed, or not; and who reads how companions are. What was
    written before keeps its readers. The same again changes nothing. Denied("case.coordinate"); Invalid("checkins" |
    "reason").
    """
    require_leading(actor, organisation)
    words = squeeze(reason)
    if checkins not in CheckinReaders.values:
        raise Invalid("checkins", "checkins", message=_("Choose one of the answers in the list."))
    if not words or len(words) > 500:
        raise Invalid("reason", "reason", message=_("Write in a few words why."))
    with transaction.atomic():
        lock_graph(f"cases.deskrules.{organisation.pk}")
        standing = DeskRules.objects.filter(owner_organisation=organisation, ended_at=None).first()
        if standing and (standing.approves_closure, standing.checkins) == (approves_closure, checkins):
            return standing
        DeskRules.objects.filter(owner_organisation=organisation, ended_at=None).update(ended_at=now)
        row = DeskRules.objects.create(
            owner_organisation=organisation, approves_closure=approves_closure, checkins=checkins, reason=words,
            set_at=now, set_by_id=actor.person_id,
        )  # fmt: skip
        details: dict[str, Detail] = {"approves_closure": approves_closure, "checkins": str(checkins)}
        audit.record(actor, "cases.set_desk_rules", organisation.ref, details=details)
    return row
