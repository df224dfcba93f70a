"""System checks: a deployment whose keys are missing, open to others, weak or wrong does not start, and says why.

vault.E001 no key ring · E002 its file is open to others · E003 broken or weak · E004 not the ring of this database ·
E010-E012 encrypted columns declared wrongly (on the fields) · W001 never exported, or not since its newest key
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import connections
from django.db.utils import DatabaseError

from simpul.vault import queries
from simpul.vault.errors import RingBroken, RingMissing, RingUnsafe, VaultError
from simpul.vault.models import KnownKey
from simpul.vault.ringfile import current_ring

_IDS: dict[type[VaultError], str] = {RingMissing: "vault.E001", RingUnsafe: "vault.E002", RingBroken: "vault.E003"}


def connect() -> None:
    register(ring_is_usable, Tags.security)
    register(ring_fits_database, Tags.database)


def ring_is_usable(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """E001-E003."""
    try:
        current_ring()
    except VaultError as error:
        return [Error(str(error), id=_IDS.get(type(error), "vault.E003"))]
    return []


def ring_fits_database(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """E004 and W001. Silent where the tables are not there yet, or the ring itself is not usable."""
    if "default" not in (databases or ()):
        return []
    try:
        with connections["default"].cursor() as cursor:
            tables = connections["default"].introspection.table_names(cursor)
        if KnownKey._meta.db_table not in tables:
            return []
        return _fit()
    except (DatabaseError, VaultError):
        return []


def _fit() -> list[CheckMessage]:
    found: list[CheckMessage] = [Error(problem, id="vault.E004") for problem in queries.ring_mismatches()]
    if settings.PRODUCTION and not queries.last_export().complete:
        found.append(
            Warning(
                "The key ring was never exported as it is now: whoever loses it loses every encrypted value.",
                hint="Run `simpul keys export FILE` and keep the file and its passphrase apart from the backups.",
                id="vault.W001",
            )
        )
    return found
