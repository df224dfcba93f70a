"""Who may confirm whom active from their home, and agree to a membership."""

from simpul.organisations.models import Membership
from simpul.organisations.services.memberships import admit_member
from tests.cast import NOW, Cast
from tests.factories.organisations import someone
from tests.matrix import DENIED, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def hidden_lentera(cast: Cast) -> dict[str, object]:
    type(cast.lentera).objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    return lentera(cast)


def named(cast: Cast) -> Membership:
    """The network says that Lentera is its member; nobody of Lentera has agreed."""
    secretary = someone(cast.network, "membership.manage", "organisation.see_protected")
    return admit_member(secretary, cast.network, member=cast.lentera, now=NOW)


def membership(cast: Cast) -> dict[str, object]:
    return {"membership_id": named(cast).pk}


def hidden_membership(cast: Cast) -> dict[str, object]:
    row = named(cast)
    hidden_lentera(cast)
    return {"membership_id": row.pk}


ROWS: list[Row] = [
    row("desk:at-work", default=OK, publik=LOGIN),
    row("desk:confirm", lentera, default=WRONG_METHOD, publik=LOGIN),
    row(
        "desk:confirm",
        lentera,
        method="post",
        default=DENIED,
        publik=LOGIN,
        budi=MOVED,
        dewi=MOVED,
        kartika=MOVED,
    ),
    row(
        "desk:confirm",
        hidden_lentera,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        budi=MOVED,
        dewi=MOVED,
        kartika=MOVED,
        because="in safety mode",
    ),
    row("desk:agree", membership, default=WRONG_METHOD, publik=LOGIN),
    row("desk:agree", membership, method="post", default=DENIED, publik=LOGIN, budi=MOVED, kartika=MOVED),
    row(
        "desk:agree",
        hidden_membership,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        budi=MOVED,
        dewi=DENIED,
        kartika=MOVED,
        because="of one in safety mode",
    ),
]
