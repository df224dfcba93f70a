"""Which places somebody is shown. A place whose page is not built yet is simply not among them.

The places are data (`signposts`). The public sees those without a permission. On a phone at most four lie under the
thumb, chosen by role; the footer lists them all.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import Resolver404, get_urlconf, resolve

from simpul.kernel.actor import Actor, Anonymous, Member
from simpul.organisations.presets import Pillar
from simpul.web.signposts import BARS, EVERYBODY, PLACES, Place


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as one page shows it."""

    place: Place
    current: bool
    in_bar: bool


@lru_cache(maxsize=256)
def _resolves(path: str, urlconf: str | None) -> bool:
    try:
        resolve(path, urlconf)
    except Resolver404:
        return False
    return True


def built(path: str) -> bool:
    """Whether a page answers at this path."""
    return _resolves(path, get_urlconf())


def places_for(actor: Actor, pillars: frozenset[str] | None = None) -> list[Place]:
    """The places this actor may enter, in order; a pillar this Simpul has turned off is not among them."""
    signed_in = not isinstance(actor, Anonymous)
    off = frozenset(Pillar.values) - pillars if pillars is not None else frozenset()
    shown_places = (p for p in PLACES if p.key not in off and built(p.path))
    return sorted((p for p in shown_places if _open_to(p, actor, signed_in=signed_in)), key=lambda p: p.order)


def _open_to(place: Place, actor: Actor, *, signed_in: bool) -> bool:
    if place.permission is None:
        return True
    return signed_in and (not place.permission or actor.may(place.permission))


def bar_for(actor: Actor, places: list[Place]) -> set[str]:
    """Keys of the at most four places of the phone's bar: those of the first role that names any, then the others."""
    roles = actor.roles if isinstance(actor, Member) else frozenset()
    chosen = next((keys for role, keys in BARS.items() if role in roles), EVERYBODY)
    known = [p.key for p in places]
    wanted = [key for key in chosen if key in known] + [key for key in known if key not in chosen]
    return set(wanted[:4])


def shown(actor: Actor, path: str, pillars: frozenset[str] | None = None) -> list[Shown]:
    """The places of a page at `path`, the nearest one marked as current."""
    places = places_for(actor, pillars)
    bar = bar_for(actor, places)
    holding = [p for p in places if path == p.path or (p.path != "/" and path.startswith(p.path))]
    nearest = max(holding, key=lambda p: len(p.path), default=None)
    return [Shown(p, p is nearest, p.key in bar) for p in places]
