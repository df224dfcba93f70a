"""What a browser is asked when a passkey is made or used, and what makes of its answer a proof (WebAuthn, level 3)."""

import hashlib
import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from simpul.accounts.models import Passkey, User

_LONGEST = 20_000  # characters of a browser's answer
# The phone or stick makes sure of its holder, by finger, face or PIN: what one has, and what one is or knows.
_VERIFIED = UserVerificationRequirement.REQUIRED

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the browser is: passkeys of one host are not seen by another."""

    host: str  # without a port
    origin: str  # "https://simpul.example.org"

    def server(self) -> Fido2Server:
        entity = PublicKeyCredentialRpEntity(id=self.host, name="Simpul")
        return Fido2Server(entity, verify_origin=lambda origin: origin == self.origin)


@dataclass(frozen=True, slots=True)
class Made:
    """A new key, as the browser attested it."""

    credential: bytes
    digest: str
    signs: int


def begin_making(site: Site, user: User, known: Sequence[Passkey]) -> tuple[str, State]:
    """(what the browser is asked, as JSON; what its answer is compared with). It is told no name but the code."""
    entity = PublicKeyCredentialUserEntity(id=user.pk.bytes, name=user.handle, display_name=user.handle)
    options, state = site.server().register_begin(
        entity,
        [AttestedCredentialData(bytes(key.credential)) for key in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
    )
    return _written(options), state


def made(site: Site, state: State, answer: str) -> Made:
    """The key in the browser's answer. ValueError for an answer that proves nothing."""
    found: AuthenticatorData = site.server().register_complete(state, _read(answer))
    attested = found.credential_data
    if attested is None:
        raise ValueError("no key in the answer")
    return Made(bytes(attested), digest_of(attested.credential_id), found.counter)


def begin_using(site: Site) -> tuple[str, State]:
    """As `begin_making`, for signing in. Nobody is named: the browser offers the keys it has for this site."""
    options, state = site.server().authenticate_begin(user_verification=_VERIFIED)
    return _written(options), state


def digest_in(answer: str) -> str:
    """Which key the answer says it is of. ValueError for what is no answer."""
    read = _read(answer)
    return digest_of(_bytes(str(read.get("rawId") or read.get("id"))))


def signs_used(site: Site, state: State, answer: str, credential: bytes) -> int:
    """The authenticator's count of signatures. ValueError where this key did not sign what was asked, here and now."""
    read = _read(answer)
    server = site.server()
    server.authenticate_complete(state, [AttestedCredentialData(credential)], read)
    data = _bytes(str(read["response"]["authenticatorData"]))
    return int(AuthenticatorData(data).counter)


def digest_of(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()


def _written(options: Mapping[str, Any]) -> str:
    return json.dumps(options, default=dict)  # the library's own mappings


def _read(answer: str) -> Mapping[str, Any]:
    if len(answer) > _LONGEST:
        raise ValueError("too long for an answer")
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise ValueError("no answer of a browser")  # noqa: TRY004 (of its content, not of our call)
    return read


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
