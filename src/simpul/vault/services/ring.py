"""A new ring, the names of its keys in the database, and the end of a key nothing needs any more."""

from datetime import datetime

from django.apps import apps
from django.apps.registry import Apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.vault.models import KnownKey
from simpul.vault.notes import note_keys
from simpul.vault.queries import ring_mismatches, uses
from simpul.vault.ring import KeyRing
from simpul.vault.ringfile import create_ring, current_ring, read_ring, replace_ring, ring_lock
from simpul.vault.rules import check_may_keep_keys


def new_ring(actor: Actor, *, now: datetime) -> str:
    """Write the ring's file where there is none; the name of its key.

    Conflict("ring_exists") where there is one; Conflict("ring_lost") where this database was written with keys already,
    which no new ring opens.
    """
    check_may_keep_keys(actor)
    with ring_lock() as path, transaction.atomic():
        if KnownKey.objects.exists():
            raise Conflict(
                "ring_lost",
                message=_("This database was written with other keys: put their ring back with `simpul keys import`."),
            )
        ring = KeyRing.make(now)
        try:
            create_ring(path, ring)
        except FileExistsError:
            raise Conflict("ring_exists", message=_("There is a key ring already: nothing was changed.")) from None
        note_keys(ring, now=now)
        record(actor, "vault.new_ring", None, details={"key": ring.current})
    return ring.current


def confirm_ring(actor: Actor, *, now: datetime) -> None:
    """Note in the database which keys it is written with from now on. At start-up, before anything is written.

    Conflict("wrong_ring") where the ring is not the one of this database. Doing it again changes nothing.
    """
    check_may_keep_keys(actor)
    problems = ring_mismatches()
    if problems:
        raise Conflict("wrong_ring", message=" ".join(problems))
    ring = current_ring()
    with transaction.atomic():
        new = note_keys(ring, now=now)
        if new:
            record(actor, "vault.confirm_ring", None, details={"keys": new})


def forget_key(actor: Actor, key_id: str, *, registry: Apps = apps) -> None:
    """Take a key out of the ring for good: after a rotation, when it may have been seen by others.

    Links and receipts handed out under it stop working; backups made before the rotation need an export that holds it.
    Invalid("unknown_key"); Conflict("key_in_use") while the ring or any stored value needs it.
    """
    check_may_keep_keys(actor)
    with ring_lock() as path, transaction.atomic():
        ring = read_ring(path)
        if key_id not in ring.keys:
            raise Invalid("unknown_key", message=_("The key ring has no key of that name: see `simpul keys status`."))
        if key_id in {ring.current, ring.index, ring.index_next, ring.rotating} or uses(key_id, registry):
            raise Conflict("key_in_use", message=_("That key is still needed: run `simpul keys rotate` first."))
        KnownKey.objects.filter(key_id=key_id).delete()
        record(actor, "vault.forget_key", None, details={"key": key_id})
        replace_ring(path, ring.without_key(key_id))
