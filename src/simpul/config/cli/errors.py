"""Errors as a person should read them: what happened, what to do, an exit code; never a traceback unless asked for."""

from simpul.config.cli.console import CONFIGURATION, FAILED, STORAGE, UNFORESEEN, Stop
from simpul.config.env import WrongSetting
from simpul.kernel.errors import Denied, NotFound, SimpulError
from simpul.vault.errors import VaultError

FULL_DISK = Stop(
    "The disk is full, or failing. Nothing is lost: what was being written was undone.",
    "Free some space, then run the same command again; it continues where it stopped.",
    code=STORAGE,
)
LOCKED = Stop(
    "The database is busy with another process for too long.",
    "Wait until the other command has finished, or stop it, then try again.",
    code=STORAGE,
)
UNOPENED = Stop(
    "The database can't be opened.",
    "Check that the data folder (SIMPUL_DATA) exists and may be written, or that SIMPUL_DATABASE_URL is right "
    "and PostgreSQL runs.",
    code=STORAGE,
)
DAMAGED = Stop(
    "The database file is damaged.",
    "Stop Simpul, keep the file as it is, and restore the last backup (docs/operating.md).",
    code=STORAGE,
)
UNMADE = Stop("The database is not set up yet.", "Run `simpul setup`.")
# Words of SQLite and PostgreSQL, most specific first.
_DATABASE_WORDS = (
    ("is locked", LOCKED),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
    ("unable to open", UNOPENED),
    ("readonly database", UNOPENED),
    ("no such table", UNMADE),
    ("does not exist", UNMADE),
    ("connection", UNOPENED),
)


def explain(error: BaseException) -> Stop:
    """The words for an error. Anything unforeseen names its type only: its text may quote what somebody wrote."""
    if isinstance(error, Stop):
        return error
    for read in (_configuration, _storage, _domain):
        answer = read(error)
        if answer:
            return answer
    return Stop(
        f"Something went wrong that nobody foresaw ({type(error).__name__}).",
        "Run the same command with --debug and send what it prints to your operator.",
        code=UNFORESEEN,
    )


def _configuration(error: BaseException) -> Stop | None:
    from django.core.exceptions import ImproperlyConfigured  # inline: slow import
    from django.core.management.base import SystemCheckError  # inline: slow import

    if isinstance(error, VaultError):
        return Stop(str(error), "`simpul check` says more.", code=CONFIGURATION)
    if isinstance(error, WrongSetting | ImproperlyConfigured):
        return Stop(str(error), "docs/operating.md lists every setting.", code=CONFIGURATION)
    if isinstance(error, SystemCheckError):
        return Stop("Simpul is not configured to run.", "See `simpul check`.", code=CONFIGURATION)
    return None


def _storage(error: BaseException) -> Stop | None:
    from django.db import DatabaseError  # inline: slow import

    from simpul.records.storage import is_full  # inline: slow import

    if is_full(error):
        return FULL_DISK
    if isinstance(error, PermissionError):
        return Stop(
            f"Not allowed to use {error.filename}.",
            "Give this file or folder to the user who runs Simpul.",
            code=STORAGE,
        )
    if isinstance(error, DatabaseError):
        text = str(error).lower()
        return next((answer for words, answer in _DATABASE_WORDS if words in text), None)
    return None


def _domain(error: BaseException) -> Stop | None:
    if isinstance(error, Denied):
        return Stop(f"This needs the permission {error.permission}.")
    if isinstance(error, NotFound):
        return Stop(f"There is no such {error.kind}.")
    if isinstance(error, SimpulError):
        from django.utils import translation  # inline: slow import

        with translation.override("en"):  # the command line speaks English throughout
            return Stop(str(getattr(error, "message", "")) or str(error), code=FAILED)
    return None
