"""Cases that change hands, as rows and lines: never by whom they are about."""

from collections.abc import Iterable
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language

from simpul.cases.kinds import Branch
from simpul.cases.queries.transfers import Transfer, TransferGround
from simpul.cases.transfer_kinds import TransferState
from simpul.kernel.time import Zone
from simpul.web import formats
from simpul.web.cases.referral.panels import shared_rows
from simpul.web.components import Row, Task, Tone

TONES: Final[dict[str, Tone]] = {
    TransferState.DRAFT: Tone.IDLE,
    TransferState.ASKED: Tone.INFO,
    TransferState.UNANSWERED: Tone.BAD,
    TransferState.ACCEPTED: Tone.OK,
    TransferState.REFUSED: Tone.WARN,
    TransferState.REVOKED: Tone.IDLE,
}


def offered_tasks(offers: Iterable[Transfer]) -> list[Task]:
    """By who asks and of which branch: their number of it says nothing here."""
    return [
        Task(
            row.from_organisation.name, TransferState(row.state).label, TONES[row.state],
            reverse("transfer:offer", args=[row.pk]), Branch(row.branch).label,
        )
        for row in offers
    ]  # fmt: skip


def waiting_tasks(transfers: Iterable[Transfer]) -> list[Task]:
    return [
        Task(
            row.to_organisation.name, TransferState(row.state).label, TONES[row.state],
            reverse("transfer:one", args=[row.pk]), row.former_code,
        )
        for row in transfers
    ]  # fmt: skip


def handed_on_rows(transfers: Iterable[Transfer]) -> list[Row]:
    """The number it had, to whom and when: nothing leads further."""
    return [Row(row.former_code, f"{row.to_organisation.name} · {_when(row)}") for row in transfers]


def _when(row: Transfer) -> str:
    return formats.moment(row.decided_at, Zone.WITA, language=get_language() or "id") if row.decided_at else "–"


def told_rows(grounds: Iterable[TransferGround]) -> list[list[Row]]:
    """What is told of each person, where anything is."""
    told = (shared_rows(ground.shared.open() if ground.shared else {}) for ground in grounds)
    return [rows for rows in told if rows]
