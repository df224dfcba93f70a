"""Imports in a deployment of its own, worked on by real processes: run inside one of them (`Place.ran`)."""

import json
import sys
from typing import Any

from simpul.access.queries import actor_for
from simpul.interop.models import ImportBatch, ImportRow
from simpul.interop.queries import count_rows
from simpul.interop.services.deciding import confirm_import, decide_all
from simpul.interop.services.staging import map_columns
from simpul.interop.services.undoing import undo_import
from simpul.kernel.actor import Actor
from simpul.organisations.models import DirectoryTerm, Membership, Organisation
from simpul.web.imports.tasks import move_import_on, standing_of
from tests.cast import build_cast
from tests.factories.imports import received

HEADS = ("Nama", "Jenis", "HP")


def names(number: int) -> list[str]:
    """Told apart by more than a number, so that no row is taken for another's double."""
    sounds = [f"{a}{b}" for a in "bcdfghjklmnprst" for b in "aeiou"]
    return [f"Yayasan {sounds[n % 75]}{sounds[n // 75 % 75]}{sounds[n * 7 % 75]}ng".title() for n in range(number)]


def began(rows: int) -> None:
    """Dewi's file, its columns named, waiting to be checked. Prints its id, her session and her network."""
    from django.utils import timezone  # inline: in the process alone

    now = timezone.now()
    cast = build_cast()
    table = [(name, "Yayasan", "") for name in names(rows)]
    options = {"network": str(cast.network.pk)}
    batch = received(cast.dewi.actor, HEADS, *table, organisation_id=cast.network.pk, options=options, now=now)
    map_columns(cast.dewi.actor, batch, mapping=dict(batch.places), options={}, now=now)
    _queue(batch)
    cookie = cast.dewi.client().cookies["simpul"].value
    _say({"batch": str(batch.pk), "cookie": cookie, "network": str(cast.network.pk)})


def confirmed() -> None:
    now, batch, actor = _now()
    decide_all(actor, batch, decision="new")
    confirm_import(actor, batch, now=now)
    _queue(batch)


def taken_back() -> None:
    now, batch, actor = _now()
    undo_import(actor, batch, now=now)
    _queue(batch)


def again() -> None:
    """As the button "Set it going again" does."""
    _queue(_now()[1])


def told() -> None:
    """What there is: of the import, its rows, and what they became."""
    now, batch, _actor = _now()
    made = Organisation.objects.filter(name__in=names(ImportRow.objects.filter(batch=batch).count()))
    counts = count_rows(batch)
    _say(
        {
            "state": batch.state,
            "standing": standing_of(batch, now),
            "rows": dict(counts.states),
            "outcomes": dict(counts.outcomes),
            "made": made.count(),
            "names": made.values("name").distinct().count(),
            "members": Membership.objects.filter(network=batch.organisation_id, member__in=made).count(),
            "listed": DirectoryTerm.objects.filter(organisation__in=made).values("organisation").distinct().count(),
        }
    )


def _now() -> tuple[Any, ImportBatch, Actor]:
    from django.utils import timezone  # inline: in the process alone

    now, batch = timezone.now(), ImportBatch.objects.get()
    return now, batch, actor_for(batch.imported_by, now=now, second_factor=True)


def _queue(batch: ImportBatch) -> None:
    move_import_on.enqueue(str(batch.pk), str(batch.imported_by), "id")


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
