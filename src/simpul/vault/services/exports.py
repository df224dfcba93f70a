"""The ring in a file sealed with a passphrase, and back. Losing the ring loses every encrypted value."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.vault.models import KnownKey
from simpul.vault.notes import note_keys
from simpul.vault.ring import KeyRing
from simpul.vault.ringfile import create_ring, current_ring, read_ring, replace_ring, ring_lock
from simpul.vault.rules import check_may_keep_keys

KIND: Final = "simpul key ring, sealed with a passphrase"
SHORTEST = 12  # characters of a passphrase
# 64 MB and a fraction of a second for each guess.
_COST = {"n": 2**16, "r": 8, "p": 1}
_HARDEST = {"n": 2**20, "r": 8, "p": 4}  # what an import will take on, whatever the file asks for


def export_ring(actor: Actor, path: Path, passphrase: str, *, now: datetime) -> None:
    """Write the ring to a new file of mode 0600, sealed with the passphrase, and note when that was.

    Invalid("passphrase_short"); Conflict("file_exists"): an older export is never written over.
    """
    check_may_keep_keys(actor)
    if len(passphrase) < SHORTEST:
        message = _("Choose a passphrase of at least 12 characters: five or six unrelated words are easy to keep.")
        raise Invalid("passphrase_short", "passphrase", message=message)
    ring = current_ring()
    text = _sealed(ring, passphrase)
    with transaction.atomic():
        note_keys(ring, now=now)
        KnownKey.objects.filter(key_id__in=ring.keys).update(exported_at=now)
        record(actor, "vault.export_ring", None, details={"keys": sorted(ring.keys)})
        _write_new(path, text)


def _write_new(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Conflict("file_exists", message=_("There is a file of that name already: choose another.")) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def import_ring(actor: Actor, path: Path, passphrase: str, *, now: datetime) -> list[str]:
    """Put an exported ring back; the names of its keys.

    Where a ring lies already, the export must hold all of its keys. Invalid("not_an_export"),
    Invalid("wrong_passphrase"), Conflict("keys_would_be_lost"), Conflict("wrong_ring").
    """
    check_may_keep_keys(actor)
    ring = _opened(path.read_text(encoding="utf-8"), passphrase)
    with ring_lock() as target, transaction.atomic():
        _check_fits(ring)
        note_keys(ring, now=now)
        record(actor, "vault.import_ring", None, details={"keys": sorted(ring.keys)})
        _put(ring, target)
    return sorted(ring.keys)


def _check_fits(ring: KeyRing) -> None:
    """The export must open what this database holds."""
    for known in KnownKey.objects.all():
        if known.key_id not in ring.keys or ring.fingerprint(known.key_id) != known.fingerprint:
            message = _("That export is not of the keys this database was written with: look for a later one.")
            raise Conflict("wrong_ring", message=message)


def _put(ring: KeyRing, target: Path) -> None:
    if not target.exists():
        create_ring(target, ring)
        return
    here = read_ring(target)
    if any(ring.keys.get(key_id) != key for key_id, key in here.keys.items()):
        message = _("The key ring that lies here has keys the export lacks. Move it aside first if it is not needed.")
        raise Conflict("keys_would_be_lost", message=message)
    replace_ring(target, ring)


def _sealed(ring: KeyRing, passphrase: str) -> str:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_key(passphrase, salt, _COST)).encrypt(nonce, ring.text().encode(), KIND.encode())
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    return json.dumps({"kind": KIND, **_COST, **{name: b64encode(part).decode() for name, part in parts.items()}})


def _opened(text: str, passphrase: str) -> KeyRing:
    """The ring within. Invalid("not_an_export"), Invalid("wrong_passphrase")."""
    try:
        data = json.loads(text)
        cost = {name: min(int(data[name]), most) for name, most in _HARDEST.items()}
        salt, nonce, sealed = (b64decode(data[name], validate=True) for name in ("salt", "nonce", "sealed"))
        key = _key(passphrase, salt, cost)
    except (ValueError, KeyError, TypeError):
        message = _("That file is not an export of a key ring.")
        raise Invalid("not_an_export", "file", message=message) from None
    try:
        return KeyRing.parse(AESGCM(key).decrypt(nonce, sealed, KIND.encode()).decode())
    except InvalidTag:
        message = _("The passphrase does not open this export, or the file was changed.")
        raise Invalid("wrong_passphrase", "passphrase", message=message) from None


def _key(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())
