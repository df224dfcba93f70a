"""Where the ring lies: `settings.KEY_RING` (text) or the file `settings.KEY_RING_FILE`, mode 0600."""

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7, uuid7_instant
from simpul.vault.errors import RingMissing, RingUnsafe, VaultError
from simpul.vault.ring import KeyRing

# What was read last, with what it was read from: a ring changed by a rotation in another process is seen at once.
_cache: dict[str, tuple[object, KeyRing]] = {}


def current_ring() -> KeyRing:
    """The ring of this deployment. RingMissing, RingUnsafe, RingBroken. Development makes one where there is none."""
    if settings.KEY_RING:
        return _cached("text", settings.KEY_RING, lambda: KeyRing.parse(settings.KEY_RING))
    path = _path(settings.KEY_RING_FILE)
    try:
        found = path.stat()
    except FileNotFoundError:
        _first_ring(path)
        found = path.stat()
    # A ring is replaced, never written over: the inode tells, and size and time where a file system reuses inodes.
    mark = (path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode)
    return _cached("file", mark, lambda: read_ring(path))


@cache
def _path(name: str | Path) -> Path:
    """A list opens dozens of values: no path is made for each."""
    return Path(name)


def _cached(place: str, mark: object, read: Callable[[], KeyRing]) -> KeyRing:
    known = _cache.get(place)
    if known is None or known[0] != mark:
        known = _cache[place] = (mark, read())
    return known[1]


def _first_ring(path: Path) -> None:
    if settings.PRODUCTION:
        raise RingMissing(
            f"There is no key ring. A new deployment: `simpul keys new` writes {path}. One that has data: put back the "
            "ring it was written with (`simpul keys import`), or name it in SIMPUL_KEY_RING_FILE. Without it nothing "
            "encrypted can be read again."
        )
    with suppress(FileExistsError):
        create_ring(path, KeyRing.make(uuid7_instant(uuid7())))


def read_ring(path: Path) -> KeyRing:
    """The ring in a file. RingUnsafe where anybody but its owner could read it."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise RingUnsafe(f"Others can read the key ring (mode {mode:04o}). Run: chmod 600 {path}")
    try:
        return KeyRing.parse(path.read_text(encoding="ascii"))
    except PermissionError:
        raise RingUnsafe(f"The key ring {path} belongs to another user: give it to the one who runs Simpul.") from None


def create_ring(path: Path, ring: KeyRing) -> None:
    """Write a ring where there is none, whole or not at all. FileExistsError where there is one."""
    made = _written_beside(path, ring)
    try:
        os.link(made, path)
    finally:
        made.unlink()
    _settle(path.parent)


def replace_ring(path: Path, ring: KeyRing) -> None:
    """Put `ring` in the place of the one there; a crash leaves one or the other, whole."""
    _written_beside(path, ring).replace(path)
    _settle(path.parent)


def _written_beside(path: Path, ring: KeyRing) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(ring.text())
        file.flush()
        os.fsync(file.fileno())
    return beside


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ring_file() -> Path:
    """The file a rotation may write. VaultError where the ring comes from the environment."""
    if settings.KEY_RING:
        raise VaultError(
            "The key ring comes from SIMPUL_KEY_RING, which a rotation can't write. Put its text into "
            f"{settings.KEY_RING_FILE} (chmod 600), unset SIMPUL_KEY_RING, restart, and run this again."
        )
    return Path(settings.KEY_RING_FILE)


@contextmanager
def ring_lock() -> Iterator[Path]:
    """One writer of the ring at a time. Conflict("ring_busy") at once where another has it."""
    path = ring_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                "ring_busy", message=_("The key ring is being changed by somebody else: wait until that ends.")
            ) from None
        yield path
