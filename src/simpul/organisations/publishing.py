"""What anybody may find of organisations, programmes and service points, and keeping the public index in step with it.

Called by services within their transaction. The question is always what somebody without an account sees.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import override

from simpul.kernel.actor import Anonymous
from simpul.kernel.localized import REQUIRED, LocalizedText
from simpul.kernel.refs import RecordRef
from simpul.organisations.institutions import InstitutionKind, Need
from simpul.organisations.kinds import NETWORKS, OrganisationKind
from simpul.organisations.models import Organisation, OrganisationName, Programme, ServicePoint
from simpul.organisations.rules.fields import visible_fields
from simpul.organisations.rules.organisations import visible_to
from simpul.organisations.rules.service_points import points_visible_to
from simpul.organisations.sectors import Sector
from simpul.records.models import known_at
from simpul.search import index
from simpul.search.index import Publication

PUBLIC: Final = Anonymous()
ORGANISATION, NETWORK, GROUP = "organisation", "network", "village_group"
PROGRAMME, SERVICE_POINT = "programme", "service_point"
_CHUNK: Final = 500
Row = TypeVar("Row", bound=Model)


_followers: Final[list[Callable[[Organisation], None]]] = []


def follow_organisations(follower: Callable[[Organisation], None]) -> None:
    """In `AppConfig.ready`: called whenever an organisation is published anew or hidden, within that transaction, by
    contexts whose public entries bear its name or are hidden with it.
    """
    if follower not in _followers:
        _followers.append(follower)


def publish_new_organisations(made: Iterable[Organisation]) -> None:
    """Their entries, where they were made in this transaction and are not hidden: they own nothing yet and had no
    other name.
    """
    index.publish_new(_organisation(organisation, []) for organisation in made)


def publish_organisation(organisation: Organisation) -> None:
    """Its own entry, and those that bear its name or are hidden with it."""
    _follow([organisation.ref], organisations(Q(pk=organisation.pk)))
    owned = [row.ref for row in Programme.objects.filter(owner=organisation).only("pk")]
    if owned:
        _follow(owned, programmes(Q(owner=organisation)))
    points = [row.ref for row in ServicePoint.objects.filter(organisation=organisation).only("pk")]
    if points:
        _follow(points, service_points(Q(organisation=organisation)))
    for follower in _followers:
        follower(organisation)


def publish_programme(programme: Programme) -> None:
    _follow([programme.ref], programmes(Q(pk=programme.pk)))


def publish_service_point(point: ServicePoint) -> None:
    _follow([point.ref], service_points(Q(pk=point.pk)))


def _follow(refs: Iterable[RecordRef], publications: Iterable[Publication]) -> None:
    found = {p.ref: p for p in publications}
    for ref in refs:
        if ref in found:
            index.publish(found[ref])
        else:
            index.withdraw(ref)


def organisations(narrowed: Q | None = None) -> Iterator[Publication]:
    """Every organisation that anybody sees, with the names it had and the fields it shows to everybody."""
    rows = Organisation.objects.filter(visible_to(PUBLIC), narrowed or Q()).select_related("seat")
    for batch in _batches(rows):
        names: dict[object, list[str]] = {}
        known = OrganisationName.objects.filter(known_at(None), organisation__in=batch).order_by("recorded_at", "id")
        for row in known:
            names.setdefault(row.organisation_id, []).extend((row.name, row.acronym))
        yield from (_organisation(o, names.get(o.pk, [])) for o in batch)


def programmes(narrowed: Q | None = None) -> Iterator[Publication]:
    rows = Programme.objects.filter(visible_to(PUBLIC, "owner__"), narrowed or Q()).select_related("owner")
    for batch in _batches(rows):
        for row in batch:
            name = row.name.to(REQUIRED) if row.name else str(row)
            yield Publication(
                row.ref, PROGRAMME, name, _lines([row.acronym, *_texts(row.name), row.funder, row.owner.name])
            )


def service_points(narrowed: Q | None = None) -> Iterator[Publication]:
    """Those that are open. A secret address is not among the words."""
    rows = ServicePoint.objects.filter(points_visible_to(PUBLIC), narrowed or Q(), closed_on=None)
    for batch in _batches(rows.select_related("seat")):
        for row in batch:
            with override(REQUIRED):
                words = [InstitutionKind(row.kind).label, *(Need(n).label for n in row.needs if n in Need.values)]
            seat = [row.seat.title] if row.seat else []
            address = [row.address] if row.address_public else []
            yield Publication(row.ref, SERVICE_POINT, row.name, _lines([*map(str, words), *seat, *address]))


def _organisation(organisation: Organisation, names: list[str]) -> Publication:
    shown = visible_fields(PUBLIC, organisation)
    with override(REQUIRED):
        codes = organisation.sectors if "sectors" in shown else []
        labels = [OrganisationKind(organisation.kind).label, *(Sector(c).label for c in codes if c in Sector.values)]
    about = _texts(organisation.description) if "description" in shown else []
    seat = [organisation.seat.title] if organisation.seat else []
    body = [*about, organisation.acronym, *(n for n in names if n != organisation.name), *seat, *map(str, labels)]
    return Publication(organisation.ref, _section(organisation.kind), organisation.name, _lines(body))


def _section(kind: str) -> str:
    if kind == OrganisationKind.VILLAGE_GROUP:
        return GROUP
    return NETWORK if kind in NETWORKS else ORGANISATION


def _texts(text: LocalizedText | None) -> list[str]:
    """Indonesian first: it is what nearly everybody reads."""
    return [text[REQUIRED], *(words for language, words in text.items() if language != REQUIRED)] if text else []


def _lines(words: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(w for w in words if w))


def _batches(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    found = rows.iterator(chunk_size=_CHUNK)
    while batch := list(islice(found, _CHUNK)):
        yield batch
