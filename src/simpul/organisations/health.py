"""What `simpul check` asks of organisations: that what lists are made from says what the records say."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from simpul.kernel.health import Finding, probe
from simpul.organisations.models import DirectoryFacet, DirectoryTerm, Organisation, OrganisationName
from simpul.records.models import known_at

_REMEDY = "Edit the kind or the sectors of each, or rename it: that writes its listing anew. Then report it."


@probe("organisations.hidden")
def nothing_hidden_is_listed(now: datetime) -> Iterator[Finding]:
    """The directory's indexes repeat who is in safety mode."""
    wrong = ~Q(hidden=F("organisation__in_safety_mode"))
    rows = {
        *DirectoryTerm.objects.filter(wrong).values_list("organisation", flat=True)[:100],
        *DirectoryFacet.objects.filter(wrong).values_list("organisation", flat=True)[:100],
    }
    if rows:
        message = f"{len(rows)} organisations are listed otherwise than their safety mode says"
        yield Finding.fail("organisations", message, "Set their safety mode again: that writes their listing anew.")
    else:
        yield Finding.ok("organisations", "who is hidden is hidden from the directory")


@probe("organisations.names")
def lists_bear_the_names(now: datetime) -> Iterator[Finding]:
    """`Organisation.name` and the order of lists repeat the names that are known now."""
    borne = OrganisationName.objects.filter(known_at(None), organisation=OuterRef("pk"), name=OuterRef("name"))
    misnamed = Organisation.objects.filter(~Exists(borne))[:100].count()
    displaced = DirectoryFacet.objects.exclude(sort_key=F("organisation__sort_key"))[:100].count()
    if misnamed or displaced:
        message = f"{misnamed} organisations bear no name on record, {displaced} places in lists are wrong"
        yield Finding.fail("organisations", message, _REMEDY)
    else:
        yield Finding.ok("organisations", "every organisation is listed under its name")
