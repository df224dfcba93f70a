"""What was agreed to stays as it was said; and what the law forbids to mediate is not mediated (R1)."""

from django.db import migrations

from simpul.records.operations import AppendOnly, Statements

_FORBIDDEN = (
    "NEW.kind = 'SV.06' AND EXISTS (SELECT 1 FROM cases_partytype t JOIN cases_party p ON p.id = t.party_id "
    "WHERE p.case_id = NEW.case_id AND (t.code = 'K.S' OR t.code LIKE 'K.S.%' OR t.code LIKE 'PA.%'))"
)


def no_mediation(table: str) -> Statements:
    name = f"{table}_no_mediation"
    return Statements(
        f"{name}: sexual violence and child marriage are not mediated",
        postgresql=[
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {_FORBIDDEN} THEN '
            f"RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
            f'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        ],
        sqlite=[
            f'CREATE TRIGGER "{name}_{when.lower()}" BEFORE {when} ON "{table}" WHEN {_FORBIDDEN} '
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            for when in ("INSERT", "UPDATE")
        ],
        back_postgresql=[f'DROP TRIGGER "{name}" ON "{table}"', f'DROP FUNCTION "{name}"()'],
        back_sqlite=[f'DROP TRIGGER "{name}_insert"', f'DROP TRIGGER "{name}_update"'],
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_consent_and_help")]

    operations = [
        AppendOnly(
            "consent", "cases_consent_appended", erasable=True, sealed=["given_by", "withheld_from", "witness"]
        ),
        AppendOnly(
            "consentwithdrawal",
            "cases_withdrawal_appended",
            may_set=["stopped_at"],
            erasable=True,
            sealed=["withdrawn_by"],  # a later migration adds it; a rotation of keys encrypts it anew
        ),
        AppendOnly("assent", "cases_assent_appended", erasable=True),
        AppendOnly("legalbasis", "cases_legalbasis_appended", erasable=True, sealed=["reason"]),
        AppendOnly("policedecision", "cases_policedecision_appended", erasable=True, sealed=["reason"]),
        no_mediation("cases_service"),
        no_mediation("cases_need"),
    ]
