"""New organisations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import uuid7
from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.listing import list_new, sort_key_of
from simpul.organisations.models import Organisation, OrganisationName
from simpul.organisations.models.items import LISTS
from simpul.organisations.profiling import cleaned_profile, columns_of, follow_list
from simpul.organisations.rules.organisations import may_register
from simpul.organisations.shapes import check_past, clean_name, one_of
from simpul.territory.models import Area


def register_organisation(
    actor: Actor,
    *,
    kind: str,
    name: str,
    now: datetime,
    acronym: str = "",
    seat: Area | None = None,
    founded: PartialDate | None = None,
    named_since: PartialDate | None = None,
    profile: Mapping[str, Any] | None = None,
    id: UUID | None = None,  # noqa: A002 - the client's own key, so that a retry makes nothing twice
) -> Organisation:
    """Enter an organisation with its first name; the directory lists it at once.

    `named_since`: from when it bears the name, where that is known. `profile`: what is known of it besides, by the
    names of `profiling.CLEANERS`; to change it later takes organisation.edit. Conflict("id_taken") where `id` belongs
    to another.
    """
    if not may_register(actor, seat.pk if seat else None):
        raise Denied("organisation.register")
    kind = one_of(OrganisationKind, blank=False)("kind", kind)
    name, acronym = clean_name(name, acronym)
    check_past(founded, "founded", now)
    check_past(named_since, "named_since", now)
    told = cleaned_profile(profile or {}, now)
    with transaction.atomic():
        organisation, created = Organisation.objects.get_or_create(
            id=id or uuid7(),
            defaults={
                "kind": kind,
                "name": name,
                "acronym": acronym,
                "sort_key": sort_key_of(name),
                "seat": seat,
                "changed_at": now,
                "founded_on": founded.day if founded else None,
                "founded_precision": founded.precision if founded else "",
                **columns_of(told),
            },
        )
        if not created:
            return _the_same(organisation, kind, name)
        OrganisationName.objects.create(
            organisation=organisation,
            name=name,
            acronym=acronym,
            valid_from=named_since.day if named_since else None,
            from_precision=named_since.precision if named_since else Precision.DAY,
            recorded_at=now,
        )
        for field in set(LISTS) & told.keys():
            follow_list(organisation, field, now)
        list_new(organisation)
        record(actor, "organisations.register_organisation", organisation.ref, details={"kind": kind})
    return organisation


def _the_same(organisation: Organisation, kind: str, name: str) -> Organisation:
    first = organisation.names.order_by("recorded_at", "id").values_list("name", flat=True).first()
    if organisation.kind != kind or first != name:
        raise Conflict("id_taken", message=_("This entry exists already. Start again with a new form."))
    return organisation
