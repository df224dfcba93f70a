"""The directory: organisations by name, area, sector, kind, network; the same speed for a thousand and for a million.

Every narrowing is one range of one index. The rarest decides the way: where it holds few, these few are fetched and the
rest is asked of them; where every one holds many, the index is walked in order and the others are asked row by row,
which soon fills a page because all of them are common.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When

from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.text import fold, fold_words
from simpul.organisations.models import Confirmation, DirectoryFacet, DirectoryTerm, Organisation
from simpul.organisations.models.directory import TERM_LENGTH
from simpul.organisations.rules.organisations import visible_to
from simpul.organisations.rules.reach import members_of
from simpul.records.folded import starting_with

FEW: Final = 200
MOST_COUNTED: Final = 1_000  # along one index
MOST_COMPARED: Final = 200  # where each row is asked for more
PAGE: Final = 25
Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page in order. `total` counts what the list holds, up to a limit; `next` continues, "" at the end.

    `active` is how many of them were found at work since the day asked about; None where that was not asked, or where
    the list is longer than what is counted.
    """

    rows: tuple[Organisation, ...]
    total: int
    more_than_total: bool
    next: str
    active: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. `area_code`: seated or working in it; `active_since`: found at work on that day or later."""

    text: str = ""
    area_code: str | None = None
    sector: str | None = None
    kind: str | None = None
    network: UUID | None = None
    active_since: date | None = None

    @property
    def facets(self) -> list[str]:
        named = {"area": self.area_code, "sector": self.sector, "kind": self.kind}
        return [f"{name}:{value}" for name, value in named.items() if value]

    @property
    def phrase(self) -> str:
        return fold(self.text)[:TERM_LENGTH]

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys(w[:TERM_LENGTH] for w in fold_words(self.text).split(" ") if w))


def directory(
    actor: Actor, search: Search, *, after: str = "", limit: int = PAGE, count_active_since: date | None = None
) -> Listing:
    """A page of what the actor may see. By name; with a text, by the words that match it.

    `after` is the `next` of the page before; one that is none of ours gives the first page.
    """
    if search.text.strip() and not search.phrase:
        return Listing((), 0, False, "", 0)
    needles = _needles(search)
    few = _few(search, needles)
    start = _read_cursor(after)
    hidden = _hidden_but_visible(actor)
    if few is not None:
        found = _keys_of(hidden, actor, search, few, needles=needles, since=count_active_since)
        total, capped, active = len(found), False, sum(found.values())
        page = [key for key in sorted(found) if start is None or key > start][: limit + 1]
    else:
        walk, own = _walk(hidden, actor, search, needles)
        total, active = _count(walk, own, search, count_active_since)
        most = _most(search)
        total, capped = min(total, most), total > most
        page = _page(walk, own, start, limit)
    shown = page[:limit]
    return Listing(
        rows=_rows(actor, shown),
        total=total,
        more_than_total=capped,
        next=_cursor(shown[-1]) if len(page) > limit else "",
        active=None if capped or count_active_since is None else active,
    )


def _most(search: Search) -> int:
    narrowings = len(search.words) + len(search.facets) + bool(search.network) + bool(search.active_since)
    return MOST_COUNTED if narrowings < 2 else MOST_COMPARED


def _count(walk: QuerySet[Any], own: str, search: Search, since: date | None) -> tuple[int, int]:
    """How many, up to one more than is counted, and how many of these were found at work since that day. One query."""
    seen = Case(When(_seen_since(since, own), then=Value(1)), default=Value(0)) if since else Value(0)
    rows = walk.order_by().annotate(seen=seen).values("seen")[: _most(search) + 1]
    counted = rows.aggregate(total=Count("*"), active=Sum("seen"))
    return counted["total"], counted["active"] or 0


def _seen_since(day: date, own: str) -> Exists:
    """Whether the organisation in column `own` was found at work on that day or later."""
    return Exists(Confirmation.objects.filter(organisation=OuterRef(own), confirmed_on__gte=day))


def _needles(search: Search) -> list[str]:
    """The phrase as it stands where some name holds it, else its words, which may then stand in any order."""
    if not search.phrase or len(search.words) < 2:
        return [search.phrase] if search.phrase else []
    found = DirectoryTerm.objects.filter(starting_with("term", search.phrase)).exists()
    # The longest first: it is the rarest, as a rule.
    return [search.phrase] if found else sorted(search.words, key=len, reverse=True)


def _few(search: Search, needles: Iterable[str]) -> list[UUID] | None:
    """The organisations under the rarest narrowing, where they are few."""
    sets: list[QuerySet[Any, UUID]] = [
        DirectoryTerm.objects.filter(starting_with("term", n)).values_list("organisation_id", flat=True)
        for n in needles
    ]
    sets += [DirectoryFacet.objects.filter(facet=f).values_list("organisation_id", flat=True) for f in search.facets]
    if search.network:
        sets.append(Organisation.objects.filter(members_of([search.network])).values_list("pk", flat=True))
    best: list[UUID] | None = None
    for ids in sets:
        found = list(ids[: FEW + 1])
        if len(found) <= FEW and (best is None or len(found) < len(best)):
            best = found
    return best


def _hidden_but_visible(actor: Actor) -> frozenset[UUID]:
    """The few organisations in safety mode that this actor may see all the same."""
    if isinstance(actor, Anonymous):
        return frozenset()
    hidden = Organisation.objects.filter(visible_to(actor), in_safety_mode=True)
    return frozenset(hidden.values_list("pk", flat=True))


def _conditions(hidden: frozenset[UUID], actor: Actor, search: Search, path: str = "", *, but: str = "") -> list[Q]:
    """Everything but the words, as conditions on an organisation; `but` is the facet that is walked already."""
    own = f"{path.removesuffix('__')}_id" if path else "pk"
    flag = "hidden" if path else "in_safety_mode"
    found = [Q(**{flag: False}) | Q(**{f"{own}__in": hidden}) if hidden else Q(**{flag: False})]
    found += [
        Q(Exists(DirectoryFacet.objects.filter(organisation=OuterRef(own), facet=facet)))
        for facet in search.facets
        if facet != but
    ]
    if search.network:
        network = Organisation.objects.filter(visible_to(actor), pk=search.network)
        found += [Q(Exists(network)), members_of([search.network], path)]
    if search.active_since:
        found.append(Q(_seen_since(search.active_since, own)))
    return found


def _keys_of(
    hidden: frozenset[UUID], actor: Actor, search: Search, ids: list[UUID], *, needles: list[str], since: date | None
) -> dict[Key, bool]:
    """Where each of these that passes stands in the order -> whether it was found at work since that day."""
    passing = Organisation.objects.filter(*_conditions(hidden, actor, search), pk__in=ids)
    seen = _seen_since(since, "pk") if since else Value(value=False, output_field=BooleanField())
    names = {pk: (name, bool(at_work)) for pk, name, at_work in passing.values_list("pk", "sort_key", seen)}
    if not needles:
        return {(name, uuid): at_work for uuid, (name, at_work) in names.items()}
    terms: dict[UUID, list[str]] = {}
    for uuid, term in DirectoryTerm.objects.filter(organisation__in=list(names)).values_list("organisation_id", "term"):
        terms.setdefault(uuid, []).append(term)
    return {
        (min(t for t in mine if t.startswith(needles[0])), uuid): names[uuid][1]
        for uuid, mine in terms.items()
        if all(any(t.startswith(needle) for t in mine) for needle in needles)
    }


def _walk(hidden: frozenset[UUID], actor: Actor, search: Search, needles: list[str]) -> tuple[QuerySet[Any], str]:
    """Rows with a `key` in the order of one index, and the column of theirs that names the organisation."""
    if needles:
        first, *others = needles
        terms = DirectoryTerm.objects.filter(starting_with("term", first))
        earlier = terms.filter(organisation=OuterRef("organisation_id"), term__lt=OuterRef("term"))
        also = [
            Exists(DirectoryTerm.objects.filter(starting_with("term", n), organisation=OuterRef("organisation_id")))
            for n in others
        ]
        narrowed = terms.filter(*_conditions(hidden, actor, search, "organisation__"), ~Exists(earlier), *also)
        return narrowed.annotate(key=F("term")), "organisation_id"
    if search.facets:
        facet = search.facets[0]
        rows = DirectoryFacet.objects.filter(
            *_conditions(hidden, actor, search, "organisation__", but=facet), facet=facet
        )
        return rows.annotate(key=F("sort_key")), "organisation_id"
    return Organisation.objects.filter(*_conditions(hidden, actor, search)).annotate(key=F("sort_key")), "pk"


def _page(walk: QuerySet[Any], own: str, start: Key | None, limit: int) -> list[Key]:
    if start:
        # The first condition is what the index begins at; the second skips what the last page showed of that key.
        walk = walk.filter(Q(key__gte=start[0]), Q(key__gt=start[0]) | Q(**{f"{own}__gt": start[1]}))
    return list(walk.order_by("key", own).values_list("key", own)[: limit + 1])


def _rows(actor: Actor, keys: list[Key]) -> tuple[Organisation, ...]:
    # Asked once more of the records themselves: what was hidden a moment ago is shown by no index.
    seen = Organisation.objects.filter(visible_to(actor)).select_related("seat")
    found = seen.in_bulk([uuid for _, uuid in keys])
    return tuple(found[uuid] for _, uuid in keys if uuid in found)


def _cursor(key: Key) -> str:
    return base64.urlsafe_b64encode(json.dumps([key[0], key[1].hex]).encode()).decode()


def _read_cursor(text: str) -> Key | None:
    try:
        key, uuid = json.loads(base64.urlsafe_b64decode(text.encode()))
        return (str(key), UUID(hex=uuid))
    except (ValueError, TypeError, AttributeError, binascii.Error):
        return None
