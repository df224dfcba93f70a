"""What was there before figures knew of it: cases as they stand, and what is left of erased ones."""

from uuid import uuid4

from django.db import migrations

from simpul.cases.consent_kinds import AGGREGATE
from simpul.cases.kinds import family_of, form_of
from simpul.cases.rights_kinds import age_band
from simpul.kernel.time import local_date
from simpul.territory.names import zone_of


def count(apps, editor):
    Party, Tombstone = apps.get_model("cases", "Party"), apps.get_model("cases", "CaseTombstone")
    rows = Party.objects.filter(role="victim").select_related("case").prefetch_related("types", "consents__withdrawal")
    for victim in rows.order_by("case_id", "pk").iterator(chunk_size=500):
        case = victim.case
        last = case.steps.order_by("-id").first()
        since = local_date(last.at, zone_of(case.area_id)) if last else case.received_on
        _write(
            apps, victim.pk, case, since, [row.code for row in victim.types.all()], victim.recorded_at,
            sex=victim.sex, age_band=age_band(_age(victim, case.received_on)), disability=victim.disability,
            counting=_answer(victim),
        )  # fmt: skip
    for gone in Tombstone.objects.order_by("pk").iterator(chunk_size=500):
        for told in gone.victims:
            _write(
                apps, uuid4(), gone, gone.closed_on or gone.received_on, told["types"], gone.erased_at, sex=told["sex"],
                age_band=told["age_band"], disability=told["disability"], counting="unasked",
            )  # fmt: skip


def _write(apps, victim_key, case, since, codes, recorded_at, **told):
    row = apps.get_model("cases", "CountedVictim").objects.create(
        victim_key=victim_key, case_key=case.pk, owner_organisation_id=case.owner_organisation_id,
        area_id=case.area_id, branch=case.branch, received_on=case.received_on, stage=case.stage, stage_since=since,
        outcome=case.outcome, closed_on=case.closed_on, recorded_at=recorded_at, **told,
    )  # fmt: skip
    kind = apps.get_model("cases", "CountedType")
    kind.objects.bulk_create(
        kind(counted=row, family=family_of(code), form=form_of(code), code=code) for code in sorted(codes)
    )


def _age(victim, day):
    """As the model counts it, from the date of birth or from the age that was given."""
    if victim.birth_date:
        year, month, rest = map(int, victim.birth_date.open().split("-"))
        return day.year - year - ((day.month, day.day) < (month, rest))
    if victim.age_stated is None:
        return None
    given = victim.age_stated_on
    return victim.age_stated + day.year - given.year - ((day.month, day.day) < (given.month, given.day))


def _answer(victim):
    found = "unasked"
    for consent in victim.consents.all():
        if AGGREGATE in consent.purposes and getattr(consent, "withdrawal", None) is None:
            return "agreed"
        found = "refused"
    return found


def forget(apps, editor):
    apps.get_model("cases", "CountedVictim").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_counted_victims")]

    operations = [migrations.RunPython(count, forget)]
