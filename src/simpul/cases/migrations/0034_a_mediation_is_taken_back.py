"""What was mediated before one knew that the law forbids it (R1) is taken back, and its note is encrypted anew.

Nothing becomes a mediation by it, as before: neither what is new, nor what was another service or of another case, nor
what was taken back already.
"""

from django.db import migrations

from simpul.records.operations import Statements

_FORBIDDEN = (
    "NEW.kind = 'SV.06' AND EXISTS (SELECT 1 FROM cases_partytype t JOIN cases_party p ON p.id = t.party_id "
    "WHERE p.case_id = NEW.case_id AND (t.code = 'K.S' OR t.code LIKE 'K.S.%' OR t.code LIKE 'PA.%'))"
)


def no_new_mediation(table: str, ended: str) -> Statements:
    """`ended` is the column that tells that a row counts no more."""
    name = f"{table}_no_mediation"
    became = (
        f"(OLD.kind <> NEW.kind OR OLD.case_id <> NEW.case_id OR (OLD.{ended} IS NOT NULL AND NEW.{ended} IS NULL))"
    )
    return Statements(
        f"{name}: what is a mediation already may be taken back",
        postgresql=[_function(name, f"{_FORBIDDEN} AND (TG_OP = 'INSERT' OR {became})")],
        sqlite=[f'DROP TRIGGER "{name}_update"', _trigger(name, table, f"{_FORBIDDEN} AND {became}")],
        back_postgresql=[_function(name, _FORBIDDEN)],
        back_sqlite=[f'DROP TRIGGER "{name}_update"', _trigger(name, table, _FORBIDDEN)],
    )


def _function(name: str, when: str) -> str:
    return (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN '
        f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )


def _trigger(name: str, table: str, when: str) -> str:
    return (
        f'CREATE TRIGGER "{name}_update" BEFORE UPDATE ON "{table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0033_ends_and_exports_are_appended")]

    operations = [
        no_new_mediation("cases_service", "withdrawn_at"),
        no_new_mediation("cases_need", "dropped_at"),
    ]
