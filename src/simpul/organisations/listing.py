"""Keeps the tables the directory searches in step with the records. Called by services, within their transaction."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db.models import F, QuerySet

from simpul.kernel.text import fold_words
from simpul.kernel.time import Zone, local_date
from simpul.organisations.marks import facet_marks, repeats, word_marks
from simpul.organisations.models import (
    DirectoryFacet,
    DirectoryTerm,
    Organisation,
    OrganisationName,
    WorkingArea,
)
from simpul.organisations.models.directory import TERM_LENGTH
from simpul.organisations.publishing import publish_new_organisations, publish_organisation
from simpul.records.batches import insert_all
from simpul.records.models import known_at, true_on
from simpul.territory.names import lineage_of

Row = TypeVar("Row", DirectoryTerm, DirectoryFacet)


def terms_of(names: Iterable[str]) -> set[str]:
    """The folded rest of each name from each of its words on."""
    words = [fold_words(name).split(" ") for name in names if name]
    return {"".join(w[n:])[:TERM_LENGTH] for w in words for n in range(len(w))} - {""}


def facets_of(organisation: Organisation, area_codes: Iterable[str]) -> set[str]:
    """Every value it is found under. An area counts for all it lies in: who works in a village works in its regency."""
    areas = {f"area:{code}" for named in area_codes for code in lineage_of(named)}
    return areas | {f"sector:{code}" for code in organisation.sectors} | {f"kind:{organisation.kind}"}


def expected(organisation: Organisation) -> tuple[set[str], set[str]]:
    """The terms and facets that should be there."""
    names = OrganisationName.objects.filter(known_at(None), organisation=organisation).values_list("name", "acronym")
    # Where it works now or will: what has ended is closed by date, and found on its profile, not by searching.
    working = WorkingArea.objects.filter(known_at(None), organisation=organisation, valid_until=None)
    areas = {*working.values_list("area_id", flat=True), *([organisation.seat_id] if organisation.seat_id else [])}
    return terms_of([n for pair in names for n in pair]), facets_of(organisation, areas)


def rows_of(
    organisation: Organisation, terms: Collection[str], facets: Collection[str]
) -> tuple[list[DirectoryTerm], list[DirectoryFacet]]:
    """The rows that list it under these, unsaved."""
    key, hidden = organisation.sort_key, organisation.in_safety_mode
    marks = {"facet_marks": facet_marks(facets), "word_marks": word_marks(terms)}
    named = [
        DirectoryTerm(term=term, repeats=shared, organisation=organisation, hidden=hidden, **marks)
        for term, shared in repeats(terms).items()
    ]
    found = [
        DirectoryFacet(facet=facet, sort_key=key, organisation=organisation, hidden=hidden, **marks)
        for facet in sorted(facets)
    ]
    return named, found


def relist(organisation: Organisation) -> None:
    """Write what should be listed, in the directory and in the public index, where anything of it differs.

    A mark of one row is a mark of all, so either all rows of a table stay or none.
    """
    terms, facets = rows_of(organisation, *expected(organisation))
    _write(DirectoryTerm.objects.filter(organisation=organisation), terms)
    _write(DirectoryFacet.objects.filter(organisation=organisation), facets)
    publish_organisation(organisation)


def list_new(made: Sequence[Organisation]) -> None:
    """As `relist`, of organisations made in this transaction: each has one name, and works where it is seated."""
    terms: list[DirectoryTerm] = []
    facets: list[DirectoryFacet] = []
    for organisation in made:
        area = [organisation.seat_id] if organisation.seat_id else []
        names = terms_of([organisation.name, organisation.acronym])
        named, found = rows_of(organisation, names, facets_of(organisation, area))
        terms += named
        facets += found
    insert_all(terms)
    insert_all(facets)
    publish_new_organisations(made)


def _write(listed: QuerySet[Row], wanted: list[Row]) -> None:
    if _told(listed) != _told(wanted):
        listed.delete()
        listed.model._default_manager.bulk_create(wanted)


def _told(rows: Iterable[Row]) -> Counter[tuple[object, ...]]:
    """What rows say, all but their keys."""
    return Counter(
        tuple(getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key) for row in rows
    )


def sort_key_of(name: str) -> str:
    """Where a name stands in a list; a name without any letter or digit stands by itself as written."""
    return (fold_words(name) or name.casefold())[:200]


def known_names(organisation: Organisation) -> QuerySet[OrganisationName]:
    """Those known now, the earliest first; the engines disagree on where NULL sorts."""
    names = OrganisationName.objects.filter(known_at(None), organisation=organisation)
    return names.order_by(F("valid_from").asc(nulls_first=True), "id")


def refresh_name(organisation: Organisation, now: datetime) -> None:
    """Bring `name`, `acronym` and `sort_key` in step with the names known now: the one of today, else the last."""
    names = known_names(organisation)
    holding = names.filter(true_on(local_date(now, Zone.WIT))).last() or names.last()
    if holding is None:
        return
    organisation.name, organisation.acronym = holding.name, holding.acronym
    organisation.sort_key = sort_key_of(holding.name)
    Organisation.objects.filter(pk=organisation.pk).update(
        name=organisation.name, acronym=organisation.acronym, sort_key=organisation.sort_key, changed_at=now
    )
    relist(organisation)


def drifted(limit: int = 100) -> list[Organisation]:
    """Organisations whose listing is not what their records say: for `simpul check`. At most `limit`; reads all."""

    def differs(organisation: Organisation) -> bool:
        terms, facets = rows_of(organisation, *expected(organisation))
        listed = DirectoryTerm.objects.filter(organisation=organisation)
        found = DirectoryFacet.objects.filter(organisation=organisation)
        return _told(listed) != _told(terms) or _told(found) != _told(facets)

    return list(islice((o for o in Organisation.objects.iterator(chunk_size=500) if differs(o)), limit))
