"""What an organisation is called, and was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.time import PartialDate, Precision
from simpul.organisations.corrections import keeping, replace, withdraw
from simpul.organisations.listing import known_names, refresh_name
from simpul.organisations.models import Organisation, OrganisationName
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.shapes import check_past, clean_name

_ALONE = "organisations_organisationname_alone"


def rename_organisation(
    actor: Actor, organisation: Organisation, *, name: str, since: PartialDate, now: datetime, acronym: str = ""
) -> OrganisationName:
    """A new name from `since` on; the one before ends that day. The same call twice gives the same row.

    Invalid("before_last_name") where the last name began on that day or later: that is a correction, not a new name.
    """
    authorise(actor, "organisation.edit", organisation)
    name, acronym = clean_name(name, acronym)
    check_past(since, "since", now)
    with transaction.atomic():
        last = known_names(organisation).last()
        if last and (last.name, last.acronym, last.since) == (name, acronym, since):
            return last
        if last and last.valid_from and last.valid_from >= since.day:
            raise Invalid(
                "before_last_name",
                "since",
                message=_("The last name began later. Correct that one, or check the year."),
            )
        with keeping(_ALONE, _overlap()):
            if last and (last.valid_until is None or last.valid_until > since.day):
                replace(last, now, valid_until=since.day, until_precision=since.precision)
            new = OrganisationName.objects.create(
                organisation=organisation,
                name=name,
                acronym=acronym,
                valid_from=since.day,
                from_precision=since.precision,
                recorded_at=now,
            )
        refresh_name(organisation, now)
        record(actor, "organisations.rename_organisation", organisation.ref, details={"name": str(new.pk)})
    return new


def correct_name(
    actor: Actor,
    mistaken: OrganisationName,
    *,
    name: str,
    now: datetime,
    acronym: str = "",
    since: PartialDate | None = None,
    until: PartialDate | None = None,
) -> OrganisationName:
    """What was written down wrongly, put right: the mistaken row stays as what we knew until `now`.

    Conflict("corrected_meanwhile"), Conflict("names_overlap"); Invalid("period_order") for an end before the start.
    """
    organisation = mistaken.organisation
    authorise(actor, "organisation.edit", organisation)
    name, acronym = clean_name(name, acronym)
    check_past(since, "since", now)
    if since and until and since.day >= until.day:
        raise Invalid("period_order", "until", message=_("The name ends after it begins. Check both dates."))
    with transaction.atomic(), keeping(_ALONE, _overlap()):
        corrected = replace(
            mistaken,
            now,
            name=name,
            acronym=acronym,
            valid_from=since.day if since else None,
            from_precision=since.precision if since else Precision.DAY,
            valid_until=until.day if until else None,
            until_precision=until.precision if until else Precision.DAY,
        )
        refresh_name(organisation, now)
        record(actor, "organisations.correct_name", organisation.ref, details={"name": str(corrected.pk)})
    return corrected


def add_former_name(
    actor: Actor,
    organisation: Organisation,
    *,
    name: str,
    until: PartialDate,
    now: datetime,
    acronym: str = "",
    since: PartialDate | None = None,
) -> OrganisationName:
    """A name it bore before those we know; a next name without a beginning is taken to begin on `until`."""
    authorise(actor, "organisation.edit", organisation)
    name, acronym = clean_name(name, acronym)
    check_past(until, "until", now)
    check_past(since, "since", now)
    if since and since.day >= until.day:
        raise Invalid("period_order", "until", message=_("The name ends after it begins. Check both dates."))
    with transaction.atomic(), keeping(_ALONE, _overlap()):
        known = known_names(organisation)
        if same := known.filter(name=name, valid_until=until.day, valid_from=since.day if since else None).first():
            return same
        if following := known.filter(valid_from=None).first():
            replace(following, now, valid_from=until.day, from_precision=until.precision)
        former = OrganisationName.objects.create(
            organisation=organisation,
            name=name,
            acronym=acronym,
            valid_from=since.day if since else None,
            from_precision=since.precision if since else Precision.DAY,
            valid_until=until.day,
            until_precision=until.precision,
            recorded_at=now,
        )
        refresh_name(organisation, now)
        record(actor, "organisations.add_former_name", organisation.ref, details={"name": str(former.pk)})
    return former


def remove_name(actor: Actor, mistaken: OrganisationName, *, now: datetime) -> None:
    """A former name that never was one. Conflict("only_name") for the last there is."""
    organisation = mistaken.organisation
    authorise(actor, "organisation.edit", organisation)
    with transaction.atomic():
        withdraw(mistaken, now=now)
        if not known_names(organisation).exists():
            raise Conflict("only_name", message=_("An organisation keeps one name. Correct this one instead."))
        refresh_name(organisation, now)
        record(actor, "organisations.remove_name", organisation.ref, details={"name": str(mistaken.pk)})


def _overlap() -> Conflict:
    return Conflict("names_overlap", message=_("Two names would hold on one day. Check when each began and ended."))
