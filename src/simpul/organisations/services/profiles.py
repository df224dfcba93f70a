"""What an organisation says of itself, and to whom."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.organisations.listing import relist
from simpul.organisations.models import Organisation
from simpul.organisations.models.items import LISTS
from simpul.organisations.profiling import CLEANERS, cleaned_profile, columns_of, follow_list
from simpul.organisations.publishing import publish_organisation
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.visibility import FIELDS, Audience
from simpul.records.locks import claim_version


def change_profile(
    actor: Actor, organisation: Organisation, *, changes: Mapping[str, Any], seen_version: int, now: datetime
) -> Organisation:
    """Write these fields if nobody has changed the row since `seen_version`; the fresh row.

    Conflict("edited_meanwhile") carries the other version's values by field name; nothing is written then. Invalid
    for a value that can't be, or a field that is not one of `CLEANERS`: a name is changed by rename_organisation.
    """
    authorise(actor, "organisation.edit", organisation)
    cleaned = cleaned_profile(changes, now)
    _check_life({"founded": organisation.founded, "dissolved": organisation.dissolved, **cleaned})
    with transaction.atomic():
        try:
            fresh = claim_version(organisation, seen_version, {**columns_of(cleaned), "changed_at": now})
        except Conflict as conflict:
            raise _by_field(conflict, organisation) from conflict
        for name in set(LISTS) & cleaned.keys():
            follow_list(fresh, name, now)
        if {"kind", "sectors"} & cleaned.keys():
            relist(fresh)
        else:
            publish_organisation(fresh)
        record(actor, "organisations.change_profile", fresh.ref, details={"fields": sorted(cleaned)})
    return fresh


def set_field_visibility(
    actor: Actor, organisation: Organisation, *, audiences: Mapping[str, str], seen_version: int, now: datetime
) -> Organisation:
    """Decide who sees these fields (field -> `visibility.Audience`); the others stay as they are."""
    authorise(actor, "organisation.edit", organisation)
    for field, audience in audiences.items():
        if field not in FIELDS or audience not in Audience.values:
            raise Invalid("unknown_choice", field, message=_("Choose one of the list."))
    chosen = {**organisation.field_audiences, **{field: str(a) for field, a in audiences.items()}}
    with transaction.atomic():
        fresh = claim_version(organisation, seen_version, {"field_audiences": chosen, "changed_at": now})
        publish_organisation(fresh)
        record(actor, "organisations.set_field_visibility", fresh.ref, details={"fields": sorted(audiences)})
    return fresh


def _check_life(life: Mapping[str, Any]) -> None:
    if life["founded"] and life["dissolved"] and life["dissolved"].day < life["founded"].day:
        raise Invalid(
            "period_order", "dissolved", message=_("It was dissolved before it was founded. Check both dates.")
        )


def _by_field(conflict: Conflict, organisation: Organisation) -> Conflict:
    """The conflict in the words of `changes`: a partial date is one field, not two columns."""
    names = {name.removesuffix("_on").removesuffix("_precision") for name in conflict.theirs}
    stored = Organisation.objects.get(pk=organisation.pk)
    return Conflict(
        conflict.code, message=conflict.message, theirs={n: getattr(stored, n) for n in CLEANERS if n in names}
    )
