"""Taking back an entry that should never have been made."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.audit.models import Act
from simpul.audit.services import record
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Conflict
from simpul.organisations.models import (
    DirectoryFacet,
    DirectoryTerm,
    Membership,
    Organisation,
    OrganisationName,
    ProfileItem,
)
from simpul.organisations.rules.organisations import authorise, require_sight
from simpul.search import index
from simpul.threads.models import Link

WITHDRAWABLE: Final = timedelta(days=30)
_REGISTERED: Final = "organisations.register_organisation"
# What comes with every entry, and goes with it.
_ITS_OWN: Final = (DirectoryFacet, DirectoryTerm, ProfileItem)


def withdraw_registration(
    actor: Actor, organisation: Organisation, *, seen_version: int, along: Collection[UUID] = (), now: datetime
) -> None:
    """The entry goes for good, with its name and the memberships `along` that were entered together with it.

    By who entered it, or may change it; within thirty days. Only the act stays in the record of acts. Conflict
    ("edited_meanwhile" | "built_upon" | "too_late") where somebody relies on it by now. One already gone stays gone.
    """
    if not Organisation.objects.filter(pk=organisation.pk).exists():
        return
    if not _entered_by(actor, organisation):
        authorise(actor, "organisation.edit", organisation)
    require_sight(actor, organisation)
    with transaction.atomic():
        row = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if row.version != seen_version:
            message = _("It has been changed since. Look at it, and end or correct it by hand.")
            raise Conflict("edited_meanwhile", message=message)
        if not isinstance(actor, System) and not _is_recent(organisation, now):
            raise Conflict("too_late", message=_("It was entered more than 30 days ago."))
        if _is_built_upon(row, along):
            message = _("Other entries rely on it by now: members, people, roles or places. End those first.")
            raise Conflict("built_upon", message=message)
        ref, kind = row.ref, row.kind
        row.delete()
        index.withdraw(ref)
        record(actor, "organisations.withdraw_registration", ref, details={"kind": kind})


def _entered_by(actor: Actor, organisation: Organisation) -> bool:
    if actor.user_id is None:
        return False
    return Act.objects.filter(act=_REGISTERED, ref_id=organisation.pk, user_id=actor.user_id).exists()


def _is_recent(organisation: Organisation, now: datetime) -> bool:
    return Act.objects.filter(act=_REGISTERED, ref_id=organisation.pk, at__gte=now - WITHDRAWABLE).exists()


def _is_built_upon(organisation: Organisation, along: Collection[UUID]) -> bool:
    """Whether any table, of this context or of one above, names it besides what came with it."""
    if OrganisationName.objects.filter(organisation=organisation).count() > 1:
        return True
    ties = Membership.objects.filter(Q(member=organisation) | Q(network=organisation))
    if ties.exclude(pk__in=along, superseded_at=None).exists():
        return True
    if Link.objects.filter(Q(source_id=organisation.pk) | Q(target_id=organisation.pk)).exists():
        return True
    seen = (*_ITS_OWN, OrganisationName, Membership)
    others = (r for r in Organisation._meta.related_objects if r.related_model not in seen)
    return any(r.related_model._base_manager.filter(**{r.field.name: organisation}).exists() for r in others)
