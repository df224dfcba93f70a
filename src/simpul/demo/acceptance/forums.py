"""The way each forum of the programme came: mapped, ready, named, with a presidium, launched, advocating."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from simpul.activities.forum_life import Stage
from simpul.activities.models import Event
from simpul.activities.services.forums import reach_forum_stage
from simpul.demo.acceptance.plan import REGENCIES, PlannedForum
from simpul.demo.keys import key_of, organisation
from simpul.demo.steps import DEMO
from simpul.organisations.sectors import Sector

# Stage -> days from the forum's formation, and what shows it.
WAY: Final[tuple[tuple[Stage, int, str], ...]] = (
    (Stage.MAPPED, -45, "Hasil pemetaan pelaku dan isu, disepakati dalam lokakarya"),
    (Stage.READY, 14, "Surat pernyataan kesediaan semua anggota"),
    (Stage.NAMED, 21, "Notulensi lokakarya pembentukan"),
    (Stage.PRESIDIUM, 28, "Berita acara pemilihan presidium"),
    (Stage.LAUNCHED, 60, "Undangan dan daftar hadir peluncuran"),
)
THEMES: Final = (Sector.PUBLIC_SERVICES, Sector.VILLAGE_GOVERNMENT, Sector.NATURAL_RESOURCES, Sector.TOLERANCE)
DRAFTED: Final = 120 + 365  # days after which the second meeting drafts recommendations


def come_along(forum: PlannedForum) -> None:
    """Every eighth forum was launched and advocates nothing yet; every third works on two themes."""
    network, place = organisation(forum.key), REGENCIES.index(forum.regency)
    for stage, days, evidence in WAY:
        day = forum.formed + timedelta(days=days)
        reach_forum_stage(DEMO, network, stage=stage, reached_on=day, evidence=evidence, now=_at(day))
    if place % 8 == 7:
        return
    meeting = Event.objects.get(pk=key_of(f"event/{forum.key}/1"))
    for theme in (place, place + 1)[: 2 if place % 3 == 0 else 1]:
        day = forum.formed + timedelta(days=DRAFTED)
        reach_forum_stage(
            DEMO, network, stage=Stage.ADVOCACY, theme=THEMES[theme % 4], reached_on=day, event=meeting,
            evidence="Rancangan rekomendasi kepada pemerintah daerah", now=_at(day),
        )  # fmt: skip


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
