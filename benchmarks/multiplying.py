"""Ten times as many cases out of what is there, within the database: for the million, which Python takes too long for.

Rows are copied with other keys, tied to one another as the first ones are. The large group and the crisis centre keep
the copies of their cases; copies of village groups keep those of theirs. What was sealed was sealed for the row it was
copied from and opens in no other, so a copy is as heavy as a real row and can't be read: where a page would open a
date of birth, a copy has a stated age instead. Blind indexes and receipts of copies differ from those of the first, by
a sign that none of the first has.
"""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db import connections, models, transaction

from simpul.access.models import Grant
from simpul.cases.models import (
    Assignment,
    Case,
    CaseStep,
    Complaint,
    ComplaintMessage,
    ComplaintSecret,
    Consent,
    Escalation,
    Exclusion,
    Need,
    Opening,
    Party,
    PartyType,
    Service,
)
from simpul.deadlines.models import Clock
from simpul.organisations.models import Organisation
from simpul.people.models import Person

# In the order of their foreign keys, each with what is not merely another key: column -> expression, {n} the copy.
COPIED: tuple[tuple[type[models.Model], Mapping[str, str]], ...] = (
    (Organisation, {}),
    (Person, {"user_id": "NULL"}),
    (Grant, {"ended_by_id": "NULL", "corrects_id": "NULL", "granted_by_id": "NULL"}),
    (Case, {"code": "code || '{n}'", "complaint_id": "NULL", "duplicate_of_id": "NULL"}),
    (Party, {"nik_index": "substr(nik_index, 1, length(nik_index) - 3) || '~~{n}'",
             "likeness_index": "substr(likeness_index, 1, length(likeness_index) - 3) || '~~{n}'",
             "birth_date": "NULL", "age_stated": "35", "age_stated_on": "{day}"}),
    (PartyType, {}),
    (CaseStep, {}),
    (Assignment, {}),
    (Opening, {}),
    (Exclusion, {"person_id": "person_id"}),
    (Escalation, {"to_organisation_id": "to_organisation_id"}),
    (Need, {}),
    (Service, {}),
    (Consent, {}),
    (Clock, {"rule_id": "rule_id"}),
    (Complaint, {}),
    (ComplaintSecret, {"digest": "substr(digest, 1, length(digest) - 3) || '~~{n}'"}),
    (ComplaintMessage, {}),
)  # fmt: skip
MULTIPLIED = {model for model, _special in COPIED}


def multiply(times: int, *, kept: Sequence[UUID]) -> None:
    """`kept` are the organisations that have no copies: theirs are the copies of what is theirs."""
    side = connections["default"]
    for model, special in COPIED:
        table = side.ops.quote_name(model._meta.db_table)
        with transaction.atomic(), side.cursor() as cursor:
            # Copies are read from beside the table, in an order that keeps a case's rows together.
            where = f" WHERE id NOT IN ({_listed(kept)})" if model is Organisation else ""
            cursor.execute(f"CREATE TEMP TABLE first_rows AS SELECT * FROM {table}{where} ORDER BY {_order(model)}")
            for number in range(1, times):
                pairs = dict(_columns(model, special, number, kept))
                names, values = ", ".join(pairs), ", ".join(pairs.values())
                cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM first_rows")
            cursor.execute("DROP TABLE first_rows")


def _order(model: type[models.Model]) -> str:
    names = [f.column for f in model._meta.concrete_fields]
    return next((name for name in ("case_id", "about_id", "complaint_id") if name in names and model is not Case), "id")


def _columns(
    model: type[models.Model], special: Mapping[str, str], number: int, kept: Sequence[UUID]
) -> Iterator[tuple[str, str]]:
    quote = connections["default"].ops.quote_name
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField):
            continue
        column = quote(field.column)
        if field.column in special:
            yield column, special[field.column].format(n=number, day=_day("recorded_at"))
        elif field.related_model is Organisation:
            yield column, f"CASE WHEN {column} IN ({_listed(kept)}) THEN {column} ELSE {_key(column, number)} END"
        elif field.primary_key or field.column == "about_id" or field.related_model in MULTIPLIED:
            yield column, _key(column, number)
        else:
            yield column, column


def _key(column: str, number: int) -> str:
    """Of version 8 instead of 7, so that it is none of the first ones; the 12 bits after it say which copy it is."""
    if connections["default"].vendor == "postgresql":
        return f"overlay({column}::text placing '8{number:03x}' from 15 for 4)::uuid"
    return f"substr({column}, 1, 12) || '8{number:03x}' || substr({column}, 17)"


def _day(column: str) -> str:
    return f"{column}::date" if connections["default"].vendor == "postgresql" else f"substr({column}, 1, 10)"


def _listed(keys: Sequence[UUID]) -> str:
    form = str if connections["default"].vendor == "postgresql" else (lambda key: key.hex)
    return ", ".join(f"'{form(key)}'" for key in keys)
