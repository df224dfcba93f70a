"""Who gets what at the door and in their account: everybody their own, nobody another's."""

from django.utils import timezone

from simpul.accounts import services
from simpul.accounts.models import Passkey, User
from simpul.accounts.services.devices import make_device
from simpul.accounts.session_store import SessionStore
from simpul.kernel.actor import System
from tests.cast import Cast
from tests.matrix import INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row

PIN = {"pin": "280974", "pin_again": "280974", "name": "A."}
TESTS = System("tests")


def _ani(cast: Cast) -> User:
    user = cast.ani.user
    assert user is not None
    return user


def enrolment(cast: Cast) -> dict[str, object]:
    return {"token": services.open_enrolment(TESTS, now=timezone.now())[1]}


def reset(cast: Cast) -> dict[str, object]:
    return {"token": services.open_password_reset(TESTS, _ani(cast), now=timezone.now())}


def over(cast: Cast) -> dict[str, object]:
    return {"token": "over"}


def anis_device(cast: Cast) -> dict[str, object]:
    device, _secret = make_device(_ani(cast), pin="280974", device_name="", now=timezone.now())
    return {"device_id": device.pk}


def anis_session(cast: Cast) -> dict[str, object]:
    store = SessionStore()
    store.save()
    assert store.session_key
    session = services.begin_session(_ani(cast), key=store.session_key, method="password", now=timezone.now())
    return {"session_id": session.pk}


def anis_passkey(cast: Cast) -> dict[str, object]:
    key = Passkey(user=_ani(cast), credential=b"x", credential_digest="0" * 64, added_at=timezone.now())
    key.name = "HP Ani"
    key.save()
    return {"passkey_id": key.pk}


def pin(cast: Cast) -> dict[str, object]:
    return PIN


ROWS: list[Row] = [
    row("accounts:sign-in", default=OK),
    row("accounts:sign-in", method="post", default=INVALID),
    row("accounts:pin", default=LOGIN, because="no browser of the cast is a trusted device"),
    row("accounts:code", default=LOGIN, because="no password was typed"),
    row("accounts:demo", default=WRONG_METHOD),
    row("accounts:demo", method="post", default=UNSEEN, because="this is no demo"),
    row("accounts:identifiers", default=OK, publik=LOGIN),
    row("accounts:identifiers", method="post", default=OK, publik=LOGIN, because="nobody of the cast proves anything"),
    row("accounts:forgotten", default=OK),
    row("accounts:reset", reset, default=OK),
    row("accounts:reset", over, default=UNSEEN, because="over"),
    row("accounts:enrol", enrolment, default=OK),
    row("accounts:enrol", enrolment, method="post", data=pin, default=MOVED),
    row("accounts:enrol", over, default=UNSEEN, because="over"),
    row("accounts:sign-out", default=OK),
    row("accounts:sign-out", method="post", default=OK),
    row("accounts:account", default=OK, publik=LOGIN),
    row("accounts:devices", default=OK, publik=LOGIN),
    row("accounts:trust", default=OK, publik=LOGIN),
    row("accounts:trust", method="post", data=pin, default=MOVED, publik=LOGIN),
    row("accounts:enrolled", default=OK, publik=LOGIN),
    row("accounts:revoke-device", anis_device, default=UNSEEN, ani=OK, publik=LOGIN),
    row("accounts:revoke-device", anis_device, method="post", default=UNSEEN, ani=MOVED, publik=LOGIN),
    row("accounts:revoke-session", anis_session, default=UNSEEN, ani=OK, publik=LOGIN),
    row("accounts:revoke-session", anis_session, method="post", default=UNSEEN, ani=MOVED, publik=LOGIN),
    row("accounts:change-pin", default=UNSEEN, publik=LOGIN, because="no browser of the cast is a trusted device"),
    row("accounts:password", default=OK, publik=LOGIN),
    row("accounts:second-factor", default=OK, publik=LOGIN),
    row("accounts:second-factor", method="post", default=INVALID, publik=LOGIN),
    row("accounts:recovery-codes", default=MOVED, publik=LOGIN, because="no second step is set up"),
    row("accounts:remove-second-factor", default=MOVED, publik=LOGIN, because="no second step is set up"),
    row("accounts:passkey-sign-in", default=OK),
    row("accounts:passkey-sign-in", method="post", data={"answer": "{}"}, default=INVALID),
    row("accounts:passkeys", default=OK, publik=LOGIN),
    row("accounts:add-passkey", default=MOVED, publik=LOGIN, because="no second step is set up"),
    row("accounts:rename-passkey", anis_passkey, default=UNSEEN, ani=OK, publik=LOGIN),
    row(
        "accounts:rename-passkey",
        anis_passkey,
        method="post",
        data={"name": "HP"},
        default=UNSEEN,
        ani=MOVED,
        publik=LOGIN,
    ),
    row("accounts:remove-passkey", anis_passkey, default=UNSEEN, ani=OK, publik=LOGIN),
    row("accounts:remove-passkey", anis_passkey, method="post", default=UNSEEN, ani=MOVED, publik=LOGIN),
]
