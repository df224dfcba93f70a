"""Who acts, and what they may do. Built by `access`, passed into every service and query.

A grant gives a role's permissions at one organisation (or the whole node), optionally only within one area. How far a
permission reaches from that organisation is part of the permission, so that a secretariat's right to keep the directory
true reaches its members while its right to read confidential records reaches nobody else's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID


class Reach(StrEnum):
    """Which organisations a permission covers, seen from the organisation of the grant."""

    OWN = "own"  # that organisation alone
    UNITS = "units"  # it and the units below it in the tree
    MEMBERS = "members"  # it, its units, and its members through any number of levels
    ACCOMPANIED = "accompanied"  # the village groups it accompanies (penyelia)
    NODE = "node"  # every organisation of this deployment


@dataclass(frozen=True, slots=True)
class ResolvedGrant:
    """One grant that holds now. `organisation_id` None: the whole node; `area_code` None: everywhere."""

    role: str
    organisation_id: UUID | None
    area_code: str | None
    permissions: Mapping[str, Reach]


@dataclass(frozen=True, slots=True)
class ScopeEntry:
    """One way in which a permission is held."""

    organisation_id: UUID | None
    area_code: str | None
    reach: Reach


@dataclass(frozen=True, slots=True)
class Scope:
    """All ways in which an actor holds one permission; contexts turn it into a `Q` in `rules.py`."""

    entries: tuple[ScopeEntry, ...] = ()
    everywhere: bool = False

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.entries)

    def organisations(self, *reaches: Reach) -> frozenset[UUID]:
        """Organisations of the entries with one of these reaches (all of them, where none is named), any area."""
        wanted = reaches or tuple(Reach)
        return frozenset(e.organisation_id for e in self.entries if e.organisation_id and e.reach in wanted)


class Actor:
    """Base of the three kinds. `user_id` and `person_id` are None for the system and the public.

    `via` names the token through which somebody acts ("token 0198c1a2b3c4"), "" for themself.
    """

    user_id: UUID | None = None
    person_id: UUID | None = None
    via: str = ""

    def scope(self, permission: str) -> Scope:
        raise NotImplementedError

    def allows(self, permission: str) -> bool:
        """Whether this permission may be used at all: not by a token that was not given it.

        Asked where something is theirs without any permission: their own entry, the inside of their organisation.
        """
        return True

    def may(self, permission: str) -> bool:
        """Whether the permission is held anywhere at all: for menus. Records are asked for with `scope`."""
        return bool(self.scope(permission))

    def may_at(self, permission: str, organisation_id: UUID, area_code: str | None = None) -> bool:
        """Whether the permission is held at this very organisation, by a grant on it or on the node.

        `area_code` is the area of the record: a grant bound to an area covers it and every area below it.
        """
        scope = self.scope(permission)
        return scope.everywhere or any(
            e.organisation_id in (organisation_id, None) and _covers(e.area_code, area_code) for e in scope.entries
        )


def _covers(granted: str | None, asked: str | None) -> bool:
    if granted is None:
        return True
    return asked is not None and (asked == granted or asked.startswith(f"{granted}."))


@dataclass(frozen=True, slots=True)
class Anonymous(Actor):
    """The public."""

    user_id: None = field(default=None, init=False)
    person_id: None = field(default=None, init=False)

    def scope(self, permission: str) -> Scope:
        return Scope()


@dataclass(frozen=True, slots=True)
class Visitor(Anonymous):
    """One of the public who holds the key to something of theirs that is under way, and to nothing else."""

    visit_id: UUID


@dataclass(frozen=True, slots=True)
class System(Actor):
    """The platform itself: tasks, migrations, the demo. `purpose` is what the audit shows, in a word or two."""

    purpose: str = "system"
    user_id: None = field(default=None, init=False)
    person_id: None = field(default=None, init=False)

    def scope(self, permission: str) -> Scope:
        return Scope(everywhere=True)


@dataclass(frozen=True, slots=True)
class Member(Actor):
    """A signed-in person with the grants that hold at this moment."""

    user_id: UUID | None
    person_id: UUID | None
    grants: tuple[ResolvedGrant, ...] = ()
    second_factor: bool = False
    narrowed_to: frozenset[str] | None = None  # permissions; None: all of their grants'
    via: str = ""

    def allows(self, permission: str) -> bool:
        return self.narrowed_to is None or permission in self.narrowed_to

    def narrowed(self, permissions: frozenset[str], *, via: str) -> "Member":
        """The same person, able to use these permissions alone, where their grants have them. Narrowing never widens.

        The grants themselves stay: rules that forbid something to an organisation's own people must still see them.
        """
        kept = permissions if self.narrowed_to is None else self.narrowed_to & permissions
        return replace(self, narrowed_to=kept, via=via)

    def scope(self, permission: str) -> Scope:
        if not self.allows(permission):
            return Scope()
        entries = tuple(
            ScopeEntry(g.organisation_id, g.area_code, g.permissions[permission])
            for g in self.grants
            if permission in g.permissions
        )
        everywhere = any(e.reach is Reach.NODE and e.area_code is None for e in entries)
        return Scope(entries, everywhere)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(g.role for g in self.grants)
