"""A column of `kernel.LocalizedText`, stored as JSON."""

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from simpul.kernel.localized import LocalizedText

if TYPE_CHECKING:
    _Base = models.TextField[LocalizedText | dict[str, str] | None, LocalizedText | None]
else:
    _Base = models.TextField


class LocalizedTextField(_Base):
    """Holds `LocalizedText`, or None where null is allowed. Accepts a mapping; ValidationError without Indonesian."""

    description = "Text in Indonesian and other languages"

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> LocalizedText | None:
        return LocalizedText(json.loads(value)) if value else None

    def to_python(self, value: Any) -> LocalizedText | None:
        if value is None or isinstance(value, LocalizedText):
            return value
        try:
            return LocalizedText(json.loads(value) if isinstance(value, str) else value)
        except (TypeError, ValueError) as error:
            raise ValidationError(_("Write it in Indonesian too."), code="indonesian_needed") from error

    def get_prep_value(self, value: Any) -> str | None:
        text = self.to_python(value)
        return None if text is None else json.dumps(dict(sorted(text.items())), ensure_ascii=False)

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""
