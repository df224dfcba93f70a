"""Cases for tests, opened through the services a person would use."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from simpul.cases.models import Case, Party
from simpul.cases.services.opening import open_case
from simpul.kernel.actor import Actor, System
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas

NOW = datetime(2025, 3, 3, 0, 0, tzinfo=UTC)
MAKER = System("tests")


def village(code: str = MASBAGIK_UTARA_BARU) -> Area:
    return areas(code)[0]


def make_case(
    organisation: Organisation,
    *,
    actor: Actor = MAKER,
    types: Collection[str] = ("AD.1",),
    victim: dict[str, Any] | None = None,
    now: datetime = NOW,
    **more: Any,
) -> Case:
    """A case of these types, of the branch they belong to."""
    violent = any(code.startswith(("K.", "PA.")) for code in types)
    return open_case(
        actor,
        organisation,
        **{
            "area": more.pop("area", None) or village(),
            "branch": "violence" if violent else "social",
            "types": types,
            "victim": victim or {},
            "narrative": "",
            "channel": "in_person",
            "relation": "self",
            "now": now,
            **more,
        },
    )


def victim_of(case: Case) -> Party:
    return case.parties.get(role="victim")
