"""Tokens for programs: one's own for everybody, an organisation's for who manages them; and the reference, for all."""

from datetime import UTC, datetime

from simpul.access.services import create_personal_token, create_service_token
from simpul.accounts.models import ApiToken
from tests.cast import Cast
from tests.matrix import DENIED, LOGIN, MOVED, OK, UNSEEN, Row, row


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def anis_token(cast: Cast) -> dict[str, object]:
    assert cast.ani.user
    ApiToken.objects.filter(name="Rekap").delete()
    made = create_personal_token(cast.ani.actor, cast.ani.user, name="Rekap", scopes=[], days=365, now=_today())
    return {"token_id": made[0].pk}


def budis_service_token(cast: Cast) -> dict[str, object]:
    assert cast.budi.user
    made = create_service_token(
        cast.budi.actor, cast.budi.user, cast.lentera, name="Rekap", scopes=[], days=365, now=_today()
    )
    return {"service_id": made[0].pk}


def _today() -> datetime:
    return datetime.now(UTC)


KEEPERS = {"budi": OK, "kartika": OK}

ROWS: list[Row] = [
    row("reference", default=OK),
    row("tokens:own", default=OK, publik=LOGIN),
    row("tokens:new", default=OK, publik=LOGIN),
    row("tokens:new", method="post", default=422, publik=LOGIN),
    row("tokens:end", anis_token, default=UNSEEN, publik=LOGIN, ani=OK),
    row("tokens:end", anis_token, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED),
    row("tokens:organisation", lentera, default=UNSEEN, publik=LOGIN, **KEEPERS),
    row("tokens:new-of-organisation", lentera, default=UNSEEN, publik=LOGIN, **KEEPERS),
    row(
        "tokens:new-of-organisation",
        lentera,
        method="post",
        data={"id": "0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d", "name": "Rekap", "days": "30"},
        default=UNSEEN,
        publik=LOGIN,
        budi=OK,
        kartika=DENIED,
    ),
    row("tokens:end-of-organisation", budis_service_token, default=UNSEEN, publik=LOGIN, **KEEPERS),
]
