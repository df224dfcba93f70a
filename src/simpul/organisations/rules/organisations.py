"""One rule for "may I" and "which ones": a scope, or an actor, as a `Q` over organisations."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler

from simpul.kernel.actor import Actor, Member, Reach, Scope, ScopeEntry
from simpul.kernel.errors import Denied, NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.reach import accompanied_by, is_member_of, members_of
from simpul.organisations.rules.tree import is_unit_of, units_of

NOTHING = Q(pk__in=())
# Not `Q()`: an empty Q disappears from an OR, and all that was meant to be seen with it.
EVERYTHING = ~NOTHING
KIND = "organisations.organisation"
PROTECTED = "organisation.see_protected"


def within(scope: Scope, path: str = "", *, of_few: bool = False) -> Q:
    """The organisations that a scope covers at this moment.

    `path` is a relation path ending in "__", for models that hold an organisation. An entry bound to an area covers
    organisations seated in it. `of_few`: the statement asks it of one organisation or of a handful, so each is followed
    upward; else all that is covered is gathered once.
    """
    if scope.everywhere:
        return EVERYTHING
    grouped: dict[tuple[Reach, str | None], set[UUID | None]] = {}
    for entry in scope.entries:
        grouped.setdefault((entry.reach, entry.area_code), set()).add(entry.organisation_id)
    covered = NOTHING
    for (reach, area_code), ids in grouped.items():
        seated = Q(**{f"{path}seat__code__within": area_code}) if area_code else EVERYTHING
        # A grant on the node, not on an organisation, covers whatever is seated in its area.
        whole = None in ids or reach is Reach.NODE
        covered |= seated if whole else seated & _reached(reach, {i for i in ids if i}, path, of_few=of_few)
    return covered


def _reached(reach: Reach, ids: set[UUID], path: str, *, of_few: bool) -> Q:
    own = Q(**{f"{path}pk__in": ids})
    units, members = (is_unit_of, is_member_of) if of_few else (units_of, members_of)
    if reach is Reach.UNITS:
        return own | units(ids, path)
    if reach is Reach.MEMBERS:
        return own | units(ids, path) | members(ids, path)
    if reach is Reach.ACCOMPANIED:
        return accompanied_by(ids, path)
    return own


def own_organisations(actor: Actor) -> frozenset[UUID]:
    """Those where the actor holds any grant: whose people they are."""
    if not isinstance(actor, Member):
        return frozenset()
    return frozenset(g.organisation_id for g in actor.grants if g.organisation_id)


def seen_from_inside(actor: Actor) -> frozenset[UUID]:
    """Those that the actor sees as their own people do: not through a token that was not given as much."""
    return own_organisations(actor) if actor.allows(PROTECTED) else frozenset()


class AmongFew(Func):
    """Whether `column` is one of the ids that a query names, which are few: they are fetched once, when first needed.

    PostgreSQL plans IN as if it were fetched for every row it may be asked of, and then avoids the indexes it should
    use; of an array it knows that it comes once.
    """

    output_field = BooleanField()

    def __init__(self, column: str, ids: QuerySet[Any]) -> None:
        super().__init__(F(column), Subquery(ids))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        column, params = compiler.compile(self.source_expressions[0])
        ids, ids_params = compiler.compile(self.source_expressions[1])
        among = f"= ANY (ARRAY{ids})" if connection.vendor == "postgresql" else f"IN {ids}"
        return f"{column} {among}", [*params, *ids_params]


def protected_for(actor: Actor) -> QuerySet[Organisation]:
    """Those in safety mode that the actor may see all the same: their own people, and who may see the protected."""
    covered = within(actor.scope(PROTECTED), of_few=True)
    return _in_safety_mode().filter(Q(pk__in=seen_from_inside(actor)) | covered)


def hidden_from(actor: Actor) -> QuerySet[Organisation]:
    """The rest of those in safety mode: all that `visible_to` leaves out. For statements that name many organisations
    and read nothing else of them: asking whether an id is among these few reads an index of the hidden alone.
    """
    if actor.scope(PROTECTED).everywhere:
        return Organisation.objects.none()
    return _in_safety_mode().exclude(pk__in=protected_for(actor).values("pk"))


def _in_safety_mode() -> QuerySet[Organisation]:
    # As IN, which SQLite looks up in the index of the hidden; a flag that stands alone it looks for from end to end.
    return Organisation.objects.filter(in_safety_mode__in=[True])


def may_see_hidden(actor: Actor, column: str = "pk") -> Q:
    """Whether the organisation that `column` names is one of `protected_for`; where all are, of any whatever."""
    scope = actor.scope(PROTECTED)
    if scope.everywhere:
        return EVERYTHING
    if not scope and not seen_from_inside(actor):
        return NOTHING
    return Q(AmongFew(column, protected_for(actor).values("pk")))


def visible_to(actor: Actor, path: str = "") -> Q:
    """All organisations but those in safety mode; these for their own people and for who may see the protected."""
    return Q(**{f"{path}in_safety_mode": False}) | may_see_hidden(actor, f"{path}pk")


def may(actor: Actor, permission: str, organisation: Organisation) -> bool:
    """Whether the permission is held over this organisation, by whatever reach."""
    return may_any(actor, (permission,), organisation)


def may_any(actor: Actor, permissions: Iterable[str], organisation: Organisation) -> bool:
    """Whether one of them is held over it, by whatever reach. At most one query."""
    covered = NOTHING
    for scope in map(actor.scope, permissions):
        if scope.everywhere:
            return True
        if any(_may_cover(entry, organisation) for entry in scope.entries):
            covered |= within(scope, of_few=True)
    return covered is not NOTHING and Organisation.objects.filter(covered, pk=organisation.pk).exists()


def _may_cover(entry: ScopeEntry, organisation: Organisation) -> bool:
    """False where no record has to be read to know that it doesn't: a grant on another organisation alone."""
    return entry.reach is not Reach.OWN or entry.organisation_id in (None, organisation.pk)


def authorise(actor: Actor, permission: str, organisation: Organisation) -> None:
    """NotFound where the organisation is out of the actor's sight, Denied where the permission is missing."""
    if may(actor, permission, organisation):
        return
    if not Organisation.objects.filter(visible_to(actor), pk=organisation.pk).exists():
        raise NotFound(KIND, organisation.pk)
    raise Denied(permission, organisation.ref)


def require_sight(actor: Actor, *organisations: Organisation) -> None:
    """NotFound for the first one that is out of the actor's sight, as for one that does not exist."""
    wanted = [organisation.pk for organisation in organisations]
    seen = set(Organisation.objects.filter(visible_to(actor), pk__in=wanted).values_list("pk", flat=True))
    for organisation in organisations:
        if organisation.pk not in seen:
            raise NotFound(KIND, organisation.pk)


def may_register(actor: Actor, seat_code: str | None) -> bool:
    """Whether a new organisation seated there may be entered; a grant bound to an area enters none elsewhere."""
    scope = actor.scope("organisation.register")
    return scope.everywhere or any(_covers(entry, seat_code) for entry in scope.entries)


def _covers(entry: ScopeEntry, seat_code: str | None) -> bool:
    if entry.area_code is None:
        return True
    return seat_code is not None and f"{seat_code}.".startswith(f"{entry.area_code}.")
