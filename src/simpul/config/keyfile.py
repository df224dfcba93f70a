"""A secret kept in a file only its owner can read, made on first use in development."""

import os
import secrets
from pathlib import Path

from simpul.config.env import WrongSetting


def development_secret(path: Path) -> str:
    """The secret in `path`, created with mode 0600 where there is none. Two processes starting at once agree on one.

    Its folder is made too, closed to others. WrongSetting where that can't be a folder one may write to.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise WrongSetting(f"SIMPUL_DATA is a folder, and {path.parent} can't be one: there is a file.") from None
    except PermissionError:
        raise WrongSetting(f"SIMPUL_DATA names {path.parent}, which this user may not make.") from None
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    # Written aside and linked into place: whoever comes second reads a whole secret, never a file still empty.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
