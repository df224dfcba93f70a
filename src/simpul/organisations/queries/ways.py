"""Ways into the directory: each narrowing of a search as rows of one index, and the walk along the one that is taken.

Where a way is short, all on it are looked at. Where every one is long, the index that gives the order is walked, and
the walk ends at a page's end and at as many as are counted. Each row of an index carries marks of all its organisation
is found by, so that a walk passes over who can't be meant without leaving the index (`organisations.marks`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable, CombinedExpression

from simpul.kernel.actor import Actor
from simpul.kernel.text import fold, fold_words
from simpul.organisations.marks import facet_marks, word_marks
from simpul.organisations.models import Confirmation, DirectoryFacet, DirectoryTerm, Organisation
from simpul.organisations.models.directory import TERM_LENGTH
from simpul.organisations.queries.walk import Sight
from simpul.organisations.rules.organisations import may_see_hidden, visible_to
from simpul.organisations.rules.reach import members_of
from simpul.records.folded import starting_with

FEW: Final = 2_000  # a way as long as this is looked at to its end
MOST_COUNTED: Final = 1_000
MOST_COMPARED: Final = 50  # along a longer way, where each row is asked for more


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
        """The longest first: it is the rarest, as a rule, and a list of several words is in the order of the first."""
        words = dict.fromkeys(w[:TERM_LENGTH] for w in fold_words(self.text).split(" ") if w)
        return sorted(words, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Way:
    """One narrowing: `rows` along it, each organisation once, named in column `own`; and the same as a condition on an
    organisation in any column.

    `measured`: what is counted to tell how long it is, where that is not its rows. Such a way has no index in the order
    of the list: where it is long, everybody is walked along and asked.
    """

    rows: QuerySet[Any]
    own: str
    asked_of: Callable[[str], Q]
    measured: QuerySet[Any] | None = None


_EVERYBODY: Final = Way(Organisation.objects.all(), "pk", lambda _own: Q())


@dataclass(frozen=True, slots=True)
class Walk:
    """Rows with a `key`, in whose order they are to be read, and the column `own` that names the organisation.

    Of these at most `most` are to be counted.
    """

    rows: QuerySet[Any]
    own: str
    most: int


def walk(actor: Actor, search: Search) -> Walk:
    """Everybody the search means and the actor may see. One query where the lengths of ways have to be known."""
    needles, lengths = [search.phrase] if search.phrase else [], []
    several = [_by_name(word) for word in search.words] if len(search.words) > 1 else []
    named, others = [_by_name(needle) for needle in needles], _others(actor, search)
    if len(named) + len(several) + len(others) > 1 or search.active_since:
        lengths = _lengths([*named, *several, *others])
        # The phrase as it stands where some name holds it, else its words, which may then stand in any order.
        if several and not lengths[0]:
            named, needles, lengths = several, search.words, lengths[1:]
        else:
            del lengths[len(named) : len(named) + len(several)]
    found = [*named, *others]
    shortest = min(range(len(lengths)), key=lengths.__getitem__, default=0)
    is_short = not lengths or lengths[shortest] <= FEW
    taken = _taken(found, shortest, is_short=is_short)
    rows = _in_sight(actor, taken)
    if found and rows.model is not Organisation:
        rows = _marked(rows, facet_marks=facet_marks(search.facets), word_marks=word_marks(needles))
    rows = _in_order(rows, taken, needles[0] if needles else "", is_along=bool(named) and taken is named[0])
    asked = [way.asked_of(taken.own) for way in found]
    return Walk(rows.filter(*asked), taken.own, MOST_COUNTED if is_short else MOST_COMPARED)


def _taken(found: list[Way], shortest: int, *, is_short: bool) -> Way:
    """The way that is walked, out of those found: the shortest where it is short, else the first that has an order."""
    if not found or (not is_short and found[0].measured is not None):
        return _EVERYBODY
    return found.pop(shortest if is_short else 0)


def _in_sight(actor: Actor, way: Way) -> QuerySet[Any]:
    listed = Q(hidden=False) | may_see_hidden(actor, "organisation_id")
    seen: QuerySet[Any] = way.rows.filter(visible_to(actor) if way.rows.model is Organisation else listed)
    return seen


def _in_order(rows: QuerySet[Any], way: Way, needle: str, *, is_along: bool) -> QuerySet[Any]:
    """By the word that matches it first; without words by name. `is_along`: the way is that of `needle` itself."""
    key: F | Subquery = F("term" if is_along else "sort_key")
    if needle and not is_along:
        terms = DirectoryTerm.objects.filter(starting_with("term", needle), organisation=OuterRef(way.own))
        key = Subquery(terms.order_by("term").values("term")[:1])
    ordered: QuerySet[Any] = rows.annotate(key=key)
    return ordered


def _marked(rows: QuerySet[Any], **masks: int) -> QuerySet[Any]:
    for column, mask in masks.items():
        if mask:
            whole = Value(mask, output_field=BigIntegerField())
            both = CombinedExpression(F(column), Combinable.BITAND, whole)
            rows = rows.alias(**{f"its_{column}": both}).filter(**{f"its_{column}": whole})
    return rows


def _by_name(needle: str) -> Way:
    rows = DirectoryTerm.objects.filter(starting_with("term", needle))

    def asked_of(own: str) -> Q:
        return _is_among(rows, own)

    # Who begins with it twice is met where it does so first.
    return Way(rows.filter(repeats__lt=len(needle)), "organisation_id", asked_of)


def _others(actor: Actor, search: Search) -> list[Way]:
    ways = [_by_facet(facet) for facet in search.facets]
    if search.network:
        ways.append(_by_network(actor, search.network))
    if search.active_since:
        ways.append(_by_activity(search.active_since))
    return ways


def _by_facet(facet: str) -> Way:
    rows = DirectoryFacet.objects.filter(facet=facet)
    return Way(rows, "organisation_id", lambda own: _is_among(rows, own))


def _by_network(actor: Actor, network: UUID) -> Way:
    seen = Exists(Organisation.objects.filter(visible_to(actor), pk=network))
    sees = Sight.of(actor, None, None).sees("m.member_id")

    def asked_of(own: str) -> Q:
        return Q(seen) & members_of([network], own.removesuffix("pk").replace("_id", "__"), sees=sees)

    return Way(Organisation.objects.filter(asked_of("pk")), "pk", asked_of)


def _by_activity(day: date) -> Way:
    since = Confirmation.objects.filter(confirmed_on__gte=day)
    rows = Organisation.objects.filter(pk__in=since.values("organisation"))
    return Way(rows, "pk", lambda own: _is_among(since, own), measured=since.values_list("organisation"))


def _is_among(rows: QuerySet[Any], own: str) -> Q:
    """Whether some of the rows are of the organisation in column `own`."""
    # As CASE, which PostgreSQL asks along the walk; of EXISTS alone it makes a join that may begin at the other end.
    found = Exists(rows.filter(organisation=OuterRef(own)))
    return Q(Case(When(found, then=Value(True)), default=Value(False), output_field=BooleanField()))


def _lengths(ways: Sequence[Way]) -> list[int]:
    """How many rows lie on each, up to one more than are few. One query."""
    parts: list[str] = []
    params: list[Any] = []
    for number, way in enumerate(ways):
        rows = way.rows.values_list(way.own) if way.measured is None else way.measured
        sql, given = rows[: FEW + 1].query.sql_with_params()
        parts.append(f"SELECT {number}, count(*) FROM ({sql}) w{number}")  # noqa: S608 - the ORM's own
        params += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return [count for _, count in sorted(cursor.fetchall())]
