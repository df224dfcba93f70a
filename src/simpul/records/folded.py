"""A column that sorts by its bytes on both engines, so that one index serves its ranges and its order."""

from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# Sorts after every character that folding leaves.
LAST: Final = "\U0010ffff"

if TYPE_CHECKING:
    _Base = models.CharField[str, str]
else:
    _Base = models.CharField


class FoldedField(_Base):
    """PostgreSQL would sort by the rules of a language, which no prefix range can follow: there it is collated "C"."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


def starting_with(column: str, prefix: str) -> models.Q:
    """Rows whose folded column begins with `prefix`, as a range that the index answers."""
    return models.Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + LAST})
