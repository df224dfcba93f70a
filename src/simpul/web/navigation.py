"""The places of Simpul as data. A place whose page is not built yet is simply not shown.

Add a line to `PLACES` for a new pillar or work page; nothing else has to change. The public sees the places without a
permission. On a phone at most four places lie under the thumb, chosen by role in `BARS`; the footer lists them all.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import Resolver404, get_urlconf, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.actor import Actor, Anonymous, Member
from simpul.organisations.presets import Pillar
from simpul.web.components import Text


@dataclass(frozen=True, slots=True)
class Place:
    """`permission` None: for everybody; "" : for everybody signed in. `frame` False: not in a wide header.

    `promise` says on the front page what one can do there.
    """

    key: str
    label: Text
    path: str
    icon: str
    permission: str | None = None
    order: int = 50
    frame: bool = True
    promise: Text = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as one page shows it."""

    place: Place
    current: bool
    in_bar: bool


PLACES: tuple[Place, ...] = (
    Place("home", pgettext_lazy("place", "Home"), "/", "house", order=0, frame=False),
    Place(
        "directory",
        pgettext_lazy("place", "Network"),
        "/jejaring/",
        "waypoints",
        order=10,
        promise=_("who works where, and how to reach them"),
    ),
    Place(
        "complaints",
        pgettext_lazy("place", "Complaints"),
        "/adu/",
        "message-circle-heart",
        order=20,
        promise=_("tell what happened, with or without your name"),
    ),
    Place(
        "learning",
        pgettext_lazy("place", "Learning"),
        "/belajar/",
        "book-open",
        order=30,
        promise=_("meetings, materials and who knows what"),
    ),
    Place(
        "advocacy",
        pgettext_lazy("place", "Advocacy"),
        "/advokasi/",
        "megaphone",
        order=40,
        promise=_("recommendations and what became of them"),
    ),
    Place(
        "cooperation",
        pgettext_lazy("place", "Cooperation"),
        "/kerja-sama/",
        "handshake",
        order=50,
        promise=_("agreements and offers of help"),
    ),
    Place(
        "news",
        pgettext_lazy("place", "News"),
        "/kabar/",
        "newspaper",
        order=60,
        promise=_("checked news, true or false"),
    ),
    Place(
        "results",
        pgettext_lazy("place", "Results"),
        "/hasil/",
        "chart-column",
        order=70,
        promise=_("what changed, each figure with its records"),
    ),
    Place(
        "deliberation",
        pgettext_lazy("place", "Deliberation"),
        "/musyawarah/",
        "users-round",
        order=80,
        promise=_("decide together and keep what was decided"),
    ),
    # Found from the pages they belong to, and from every footer; the header is for pillars.
    Place(
        "services",
        pgettext_lazy("place", "Help nearby"),
        "/layanan/",
        "life-buoy",
        order=90,
        frame=False,
        promise=_("where to go for what, the nearest first"),
    ),
    Place(
        "areas",
        pgettext_lazy("place", "Areas"),
        "/wilayah/",
        "map-pin",
        order=92,
        frame=False,
        promise=_("who works in your village, and where nobody is yet"),
    ),
    Place(
        "entries",
        pgettext_lazy("place", "Entries"),
        "/kelola/",
        "pencil",
        permission="organisation.edit",
        order=95,
        frame=False,
        promise=_("what the directory says of the organisations you look after"),
    ),
    Place(
        "imports",
        _("Import"),
        "/impor/",
        "file-spreadsheet",
        permission="organisation.register",
        order=96,
        frame=False,
        promise=_("move the Excel sheets you have into Simpul, and back out if it went wrong"),
    ),
    # Work: on a member's home, in the footer and in the bar of the roles that live by it; the header is for pillars.
    Place(
        "announcements",
        _("Announcements"),
        "/pengumuman/",
        "megaphone",
        permission="",
        order=97,
        frame=False,
        promise=_("what the secretariats of your networks tell their members"),
    ),
    # Neutral words: a menu is seen over a shoulder.
    Place(
        "desk",
        pgettext_lazy("place", "Desk"),
        "/kasus/",
        "folder-open",
        permission="case.record",
        order=97,
        frame=False,
        promise=_("what is yours to do, the most urgent first"),
    ),
    Place(
        "desk_above",
        pgettext_lazy("place", "Brought to you"),
        "/kasus/",
        "folder-open",
        permission="case.supervise",
        order=99,
        frame=False,
        promise=_("what a group you accompany brought to you"),
    ),
    Place(
        "inbox",
        pgettext_lazy("place", "What waits"),
        "/pengaduan/",
        "inbox",
        permission="case.record",
        order=98,
        frame=False,
        promise=_("read, answer and decide what people told you"),
    ),
    Place(
        "inbox_above",
        pgettext_lazy("place", "What waits above"),
        "/pengaduan/",
        "inbox",
        permission="case.supervise",
        order=99,
        frame=False,
        promise=_("what is about the groups you accompany"),
    ),
    Place(
        "referrals",
        pgettext_lazy("place", "Referrals"),
        "/rujukan/",
        "arrow-right",
        permission="case.record",
        order=99,
        frame=False,
        promise=_("what you sent to offices, and what came back"),
    ),
    Place(
        "letters",
        pgettext_lazy("place", "Letters"),
        "/surat/",
        "mail",
        permission="case.answer",
        order=99,
        frame=False,
        promise=_("what groups ask of your office, the longest waiting first"),
    ),
    Place(
        "people",
        pgettext_lazy("place", "People"),
        "/orang/",
        "circle-user-round",
        permission="person.read",
        order=100,
        frame=False,
        promise=_("who is in your organisation, and how they may be contacted"),
    ),
    Place(
        "roles",
        pgettext_lazy("place", "Roles"),
        "/akses/",
        "key-round",
        permission="grant.read",
        order=110,
        frame=False,
        promise=_("who may do what, and who can see what"),
    ),
    Place(
        "emergencies",
        pgettext_lazy("place", "Emergency openings"),
        "/akses/darurat/",
        "shield",
        permission="",
        order=115,
        frame=False,
        promise=_("when a closed record has to be opened tonight: who may, and who is told"),
    ),
    Place(
        "recoveries",
        pgettext_lazy("place", "Lost phones"),
        "/pemulihan/",
        "life-buoy",
        permission="account.recover",
        order=120,
        frame=False,
        promise=_("let a volunteer back in, together with a second person"),
    ),
    Place(
        "audit",
        pgettext_lazy("place", "Record of acts"),
        "/audit/",
        "scroll-text",
        permission="audit.read",
        order=125,
        frame=False,
        promise=_("who did what, when, and to which record"),
    ),
    Place(
        "node",
        _("This Simpul"),
        "/simpul-ini/",
        "settings",
        permission="node.configure",
        order=128,
        frame=False,
        promise=_("what is in use, who receives complaints, the logo and the headlines"),
    ),
    Place(
        "holidays",
        pgettext_lazy("place", "Days off"),
        "/wilayah/libur/",
        "calendar",
        permission="territory.manage",
        order=130,
        frame=False,
        promise=_("national and local holidays, by which deadlines are counted"),
    ),
)

BARS: dict[str, tuple[str, ...]] = {
    "companion": ("home", "desk", "inbox", "directory"),
    "coordinator": ("home", "desk", "inbox", "directory"),
    "supervisor": ("home", "inbox_above", "learning", "directory"),
    "service_officer": ("home", "letters", "directory", "results"),
    "facilitator": ("home", "learning", "directory", "advocacy"),
    "monitoring_officer": ("home", "results", "directory", "advocacy"),
    "editor": ("home", "news", "directory", "results"),
    "secretariat": ("home", "directory", "cooperation", "deliberation"),
    "official": ("home", "results", "advocacy", "directory"),
    "operator": ("home", "roles", "node", "directory"),
}
EVERYBODY = ("home", "complaints", "directory", "results")


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
