"""Who keeps which entry: its own coordinators and editors, the secretariats it agreed to, its support organisation."""

from datetime import date

from simpul.kernel.actor import System
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Membership
from simpul.organisations.services.places import add_working_area
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.services.village_groups import add_division
from tests.cast import NOW, Cast
from tests.factories.territory import areas
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Answer, Row, row

KEEPERS = ("budi", "dewi", "kartika")  # of the village group
BUILDER = System("tests")


def keepers(answer: Answer, *names: str) -> dict[str, Answer]:
    return dict.fromkeys(names or KEEPERS, answer)


def lentera(cast: Cast) -> dict[str, object]:
    return {"key": cast.lentera.pk}


def network(cast: Cast) -> dict[str, object]:
    return {"key": cast.network.pk}


def hidden(cast: Cast) -> dict[str, object]:
    set_safety_mode(BUILDER, cast.lentera, on=True, reason_code="request", now=NOW)
    return {"key": cast.lentera.pk}


def contact(cast: Cast) -> dict[str, object]:
    return {"key": cast.lentera.pk, "part": "kontak"}


def named(cast: Cast) -> dict[str, object]:
    """The only name it has."""
    return {"key": cast.lentera.pk, "row": cast.lentera.names.get().pk}


def divided(cast: Cast) -> dict[str, object]:
    name, since = LocalizedText(id="Humas"), date(2019, 1, 1)
    return {"key": cast.lentera.pk, "row": add_division(BUILDER, cast.lentera, name=name, since=since, now=NOW).pk}


def working(cast: Cast) -> dict[str, object]:
    made = add_working_area(BUILDER, cast.lentera, area=areas("52.03")[0], now=NOW)
    return {"key": cast.lentera.pk, "row": made.pk}


def membership(cast: Cast) -> dict[str, object]:
    return {"row": Membership.objects.get(member=cast.lentera, network=cast.forum).pk}


def nobody(cast: Cast) -> dict[str, object]:
    return {"key": uuid7()}


def no_membership(cast: Cast) -> dict[str, object]:
    return {"row": uuid7()}


ROWS: list[Row] = [
    row("editing:home", default=DENIED, publik=LOGIN, **keepers(OK, "budi", "dewi", "eko", "gede", "joko", "kartika")),
    row("editing:register", default=DENIED, publik=LOGIN, dewi=OK, joko=OK),
    row("editing:register", method="post", default=DENIED, publik=LOGIN, dewi=INVALID, joko=INVALID),
    row("editing:village-group", default=DENIED, publik=LOGIN, dewi=OK, joko=OK),
    row("editing:village-group", method="post", default=DENIED, publik=LOGIN, dewi=INVALID, joko=INVALID),
    row("editing:organisation", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:organisation", network, default=DENIED, publik=LOGIN, dewi=OK, gede=OK, because="of a network"),
    row("editing:organisation", nobody, default=UNSEEN, publik=LOGIN, because="nothing there"),
    # Ani reads the hidden group she belongs to, Fitri and Eko see the protected of their members; none may write.
    row(
        "editing:organisation",
        hidden,
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        because="in safety mode",
        **keepers(OK),
    ),
    row("editing:profile", contact, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:profile", contact, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:rename", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:rename", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:former-name", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:former-name", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:name-correct", named, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:name-correct", named, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:name-remove", named, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:name-remove", named, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:structure", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:structure", network, default=DENIED, publik=LOGIN, dewi=OK, gede=OK, because="of a network"),
    row("editing:board", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:board", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:decree", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:decree", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:division", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:division", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:division-end", divided, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:division-end", divided, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:visibility", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:visibility", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:places", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:places", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:place-add", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:place-add", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:place-end", working, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:place-end", working, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:active", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:active", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(MOVED)),
    row(
        "editing:active",
        hidden,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        **keepers(MOVED),
        because="in safety mode",
    ),
    row("editing:declarations", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:declarations", lentera, method="post", default=DENIED, publik=LOGIN, **keepers(INVALID)),
    row("editing:safety", lentera, default=DENIED, publik=LOGIN, **keepers(OK)),
    row("editing:safety", network, default=DENIED, publik=LOGIN, dewi=OK, because="of a network"),
    row(
        "editing:safety",
        lentera,
        method="post",
        data={"on": "ya", "reason": "request"},
        default=DENIED,
        publik=LOGIN,
        **keepers(MOVED),
    ),
    # A secretariat keeps its members' profiles, and no ties but its own network's.
    row("editing:members", lentera, default=DENIED, publik=LOGIN, budi=OK, kartika=OK),
    row("editing:members", network, default=DENIED, publik=LOGIN, dewi=OK, because="of a network"),
    row("editing:admit", network, default=DENIED, publik=LOGIN, dewi=OK),
    row("editing:admit", network, method="post", default=DENIED, publik=LOGIN, dewi=OK, because="nobody chosen yet"),
    row("editing:membership-end", membership, default=DENIED, publik=LOGIN, budi=OK, eko=OK, kartika=OK),
    row("editing:membership-end", no_membership, default=UNSEEN, publik=LOGIN, because="nothing there"),
    row(
        "editing:membership-end",
        membership,
        method="post",
        data={"until": "2025-06-01", "reason": "term_over"},
        default=DENIED,
        publik=LOGIN,
        budi=MOVED,
        eko=MOVED,
        kartika=MOVED,
    ),
    row("editing:membership-agree", membership, default=DENIED, publik=LOGIN, budi=OK, kartika=OK),
    row("editing:membership-agree", membership, method="post", default=DENIED, publik=LOGIN, budi=MOVED, kartika=MOVED),
]
