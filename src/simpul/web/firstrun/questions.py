"""The six questions in their order, and what is kept between their pages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.access.drafts import draft, keep_draft
from simpul.access.models import OpeningDraft
from simpul.access.services.opening import Opening
from simpul.organisations.logos import Logo
from simpul.organisations.presets import Preset
from simpul.territory.models import Area
from simpul.territory.queries.areas import path_of
from simpul.web.components import Row
from simpul.web.firstrun.forms import AreaForm, ComplaintsForm, CoordinatorForm, LogoForm, NameForm, PresetForm
from simpul.web.http import Request

SESSION = "first_run_draft"


@dataclass(frozen=True, slots=True)
class Question:
    slug: str
    form: type[forms.Form]


QUESTIONS = (
    Question("untuk-apa", PresetForm),
    Question("nama", NameForm),
    Question("daerah", AreaForm),
    Question("logo", LogoForm),
    Question("koordinator", CoordinatorForm),
    Question("pengaduan", ComplaintsForm),
)
SLUGS = tuple(question.slug for question in QUESTIONS)


def kept(request: Request, now: datetime) -> OpeningDraft | None:
    stored = request.session.get(SESSION)
    return draft(UUID(stored), now=now) if stored else None


def keep(request: Request, answers: dict[str, object], now: datetime) -> None:
    """Add the answers of one page to what is kept. The password never comes here."""
    before = kept(request, now)
    known: dict[str, str] = before.answers.open() if before and before.answers else {}
    logo = answers.pop("logo", None)
    merged = {**known, **{name: _plain(value) for name, value in answers.items()}}
    row = keep_draft(before.pk if before else None, merged, logo=logo.png if isinstance(logo, Logo) else None, now=now)
    request.session[SESSION] = str(row.pk)


def _plain(value: object) -> str:
    return value.pk if isinstance(value, Area) else str(value or "")


def answers_of(row: OpeningDraft | None) -> dict[str, str]:
    return dict(row.answers.open() or {}) if row and row.answers else {}


def unanswered(answers: dict[str, str]) -> str | None:
    """The first question that still needs an answer; the logo never does."""
    needed = {"untuk-apa": "preset", "nama": "name", "daerah": "area_code", "koordinator": "coordinator"}
    needed["pengaduan"] = "complaints"
    return next((slug for slug in SLUGS if slug in needed and not answers.get(needed[slug])), None)


def opening_from(row: OpeningDraft, password: str) -> Opening:
    answers = answers_of(row)
    identifier = answers.get("identifier", "")
    return Opening(
        preset=answers["preset"],
        name=answers["name"],
        acronym=answers.get("acronym", ""),
        area_code=answers["area_code"],
        coordinator=answers["coordinator"],
        email=identifier if "@" in identifier else "",
        phone="" if "@" in identifier else identifier,
        password=password,
        complaints_person=answers.get("complaints_person", ""),
        logo=_logo(row),
    )


def _logo(row: OpeningDraft) -> Logo | None:
    return Logo.kept(bytes(row.logo)) if row.logo else None


def summary_of(row: OpeningDraft) -> list[Row]:
    """Check your answers."""
    answers = answers_of(row)
    signs_in = answers["identifier"] or _("this phone and a PIN")
    values = {
        "untuk-apa": (_("For"), Preset(answers["preset"]).label),
        "nama": (_("Name"), " · ".join(filter(None, (answers["name"], answers.get("acronym"))))),
        "daerah": (_("Place"), path_of(answers["area_code"])),
        "logo": (_("Logo"), _("Uploaded") if row.logo else _("None yet")),
        "koordinator": (_("First coordinator"), f"{answers['coordinator']} · {signs_in}"),
        "pengaduan": (_("Complaints go to"), answers.get("complaints_person") or answers["coordinator"]),
    }
    return [
        Row(label, value, reverse("firstrun:question", args=[slug]) + "?periksa=1")
        for slug, (label, value) in values.items()
    ]
