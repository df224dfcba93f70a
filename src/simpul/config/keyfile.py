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
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()
