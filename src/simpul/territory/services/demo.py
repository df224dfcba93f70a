"""The demo's invented areas: in the database while the demo is, and nowhere on land."""

import csv
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from simpul.audit.services import record
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.territory.models import Area, AreaKind
from simpul.territory.names import parent_of
from simpul.territory.packaged import DATA, AreaRow, area_row
from simpul.territory.queries import area
from simpul.territory.rules import check_may_manage

DISTRICT = "52.03.99"


def load_demo_district(actor: Actor, *, now: datetime) -> Area:  # noqa: ARG001 - every write takes its time
    """The district 52.03.99 with its villages; again without effect. NotFound without the real areas."""
    check_may_manage(actor)
    with transaction.atomic():
        area("52.03")
        rows = [Area(**{n: getattr(row, n) for n in AreaRow.__slots__}, invented=True) for row in _rows()]
        if Area.objects.filter(code__within=DISTRICT).count() < len(rows):
            Area.objects.bulk_create(rows, ignore_conflicts=True)
            record(actor, "territory.load_demo_district", None, details={"code": DISTRICT, "areas": len(rows)})
    return area(DISTRICT)


def load_demo_villages(actor: Actor, villages: Mapping[str, str], *, now: datetime) -> list[Area]:  # noqa: ARG001
    """Invented villages (code -> name) in districts there are, so that no count hangs on a real one; again without
    effect. NotFound without the districts.
    """
    check_may_manage(actor)
    with transaction.atomic():
        for district in sorted({parent_of(code) or "" for code in villages}):
            area(district)
        known = set(Area.objects.filter(code__in=list(villages)).values_list("code", flat=True))
        new = [
            area_row([code, name, AreaKind.VILLAGE, *("",) * 5]) for code, name in villages.items() if code not in known
        ]
        if new:
            Area.objects.bulk_create(
                Area(**{n: getattr(row, n) for n in AreaRow.__slots__}, invented=True) for row in new
            )
            record(actor, "territory.load_demo_villages", None, details={"areas": len(new)})
    return list(Area.objects.filter(code__in=list(villages)).order_by("code"))


def remove_demo_district(actor: Actor, *, now: datetime) -> None:  # noqa: ARG001
    """Delete the invented areas; again without effect. Conflict while a record still lies in one."""
    check_may_manage(actor)
    invented = Area.objects.filter(invented=True)
    try:
        with transaction.atomic():
            # Villages first: each area is protected by those below it.
            deleted = sum(invented.filter(level=level).delete()[0] for level in (4, 3))
            if deleted:
                record(actor, "territory.remove_demo_district", None, details={"code": DISTRICT, "areas": deleted})
    except ProtectedError as error:
        raise Conflict(
            "area_in_use", message=_("Records still lie in the example district. Remove them first.")
        ) from error


def _rows() -> list[AreaRow]:
    with DATA.joinpath("demo", "areas.csv").open(encoding="utf-8") as file:
        return [area_row(line) for line in csv.reader(file) if line[0] != "code"]
