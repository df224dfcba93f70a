"""Who reads which organisations: everybody all that are listed; those in safety mode their own people alone."""

from datetime import UTC, datetime

from simpul.kernel.actor import System
from simpul.organisations.models import Membership
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.visibility import SafetyReason
from tests.cast import Cast
from tests.factories.networks import make_programme
from tests.matrix import MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def network(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.network.pk}


def hidden_lentera(cast: Cast) -> dict[str, object]:
    set_safety_mode(System("tests"), cast.lentera, on=True, reason_code=SafetyReason.THREAT, now=datetime.now(UTC))
    return lentera(cast)


def with_lentera(cast: Cast) -> dict[str, object]:
    return {"dengan": cast.lentera.pk}


def with_hidden_lentera(cast: Cast) -> dict[str, object]:
    hidden_lentera(cast)
    return with_lentera(cast)


def a_programme(cast: Cast) -> dict[str, object]:
    return {"programme_id": make_programme(cast.network).pk}


def a_hidden_programme(cast: Cast) -> dict[str, object]:
    programme = make_programme(cast.lentera)
    hidden_lentera(cast)
    return {"programme_id": programme.pk}


def lenteras_membership(cast: Cast) -> dict[str, object]:
    return {"membership_id": Membership.objects.get(member=cast.lentera, superseded_at=None).pk}


def a_hidden_membership(cast: Cast) -> dict[str, object]:
    hidden_lentera(cast)
    return lenteras_membership(cast)


ROWS: list[Row] = [
    row("organisations:membership", lenteras_membership, default=MOVED),
    row(
        "organisations:membership",
        a_hidden_membership,
        default=UNSEEN,
        ani=MOVED,
        budi=MOVED,
        dewi=MOVED,
        kartika=MOVED,
        because="of one in safety mode",
    ),
    row("organisations:directory", default=OK),
    row("organisations:directory", data={"tampilan": "peta"}, default=OK, because="as a map"),
    row("organisations:directory", method="post", default=WRONG_METHOD),
    row("organisations:profile", lentera, default=OK),
    row("organisations:work", lentera, default=OK),
    row("organisations:members", network, default=OK),
    row("organisations:relations", network, default=OK),
    row("organisations:between", network, default=OK),
    row("organisations:between", network, data=with_lentera, default=OK, because="to another one"),
    row(
        "organisations:between",
        network,
        data=with_hidden_lentera,
        default=UNSEEN,
        ani=OK,
        budi=OK,
        dewi=OK,
        kartika=OK,
        because="to one in safety mode",
    ),
    row("organisations:programme", a_programme, default=OK),
]
ROWS += [
    row(name, hidden_lentera, default=UNSEEN, ani=OK, budi=OK, dewi=OK, kartika=OK, because="in safety mode")
    for name in ("organisations:profile", "organisations:work", "organisations:members", "organisations:relations")
]
ROWS.append(
    row(
        "organisations:programme",
        a_hidden_programme,
        default=UNSEEN,
        ani=OK,
        budi=OK,
        dewi=OK,
        kartika=OK,
        because="of one in safety mode",
    )
)
