"""Whether anybody has worked on a case: what hangs on it, in one short mark that changes with every row of it."""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from django.db import models

from simpul.cases.models import Case, Consent, Opening, Party
from simpul.documents.models import Document

_APART: Final[tuple[type[models.Model], ...]] = (Opening,)  # who only looked has changed nothing


def mark_of(case: Case) -> str:
    """The same as long as nobody added, changed or took away anything; it tells nothing of what stands there."""
    return hashlib.sha256("\n".join(sorted(_rows(case))).encode()).hexdigest()[:32]


def _rows(case: Case) -> Iterator[str]:
    yield from _named(Case, pk=case.pk)
    yield from _hanging_on(Case, "", case)
    yield from _hanging_on(Party, "case", case)
    yield from _hanging_on(Consent, "party__case", case)
    yield from _named(Document, subject_kind=case.ref.kind, subject_id=case.pk)


def _hanging_on(model: type[models.Model], path: str, case: Case) -> Iterator[str]:
    for relation in model._meta.related_objects:
        field, kind = relation.field, relation.related_model
        if isinstance(kind, str) or kind in _APART:
            continue
        yield from _named(kind, **{f"{field.name}__{path}" if path else field.name: case})


def _named(model: type[models.Model], **kept: Any) -> Iterator[str]:
    has_version = any(field.name == "version" for field in model._meta.fields)
    columns = ("pk", "version") if has_version else ("pk",)
    for row in model._base_manager.filter(**kept).values_list(*columns):
        yield ":".join(map(str, (model._meta.label_lower, *row)))
