"""What Simpul is there for, in the header of every page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.web.place import Place

PILLARS: tuple[Place, ...] = (
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
)
