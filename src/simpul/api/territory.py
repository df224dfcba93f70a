"""Areas of the state by code and name, and the words behind codes."""

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import override
from ninja import Query, Router
from pydantic import Field

from simpul.api.callers import Call
from simpul.api.describing import told
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Day
from simpul.organisations.admission import ApplicationState
from simpul.organisations.institutions import Answer, InstitutionKind, Need, VerificationMethod
from simpul.organisations.kinds import LegalForm, OrganisationKind
from simpul.organisations.membership_life import MembershipAct, Standing
from simpul.organisations.models.memberships import EndReason, MembershipRole
from simpul.organisations.models.programmes import ProgrammeRoleKind
from simpul.organisations.papers import PaperKind
from simpul.organisations.secretariat import ReadinessStage, ResourceKind, ServiceKind
from simpul.organisations.sectors import AuditOpinion, BudgetBand, Method, Sector, SocialPlatform, TargetGroup
from simpul.organisations.visibility import Audience
from simpul.people.codes import Division, RoleTitle, Sex
from simpul.territory.models import Area, AreaKind, CrosswalkKind, HolidayKind
from simpul.territory.queries import area, children, search_areas, surroundings

router = Router(tags=["areas"])
VOCABULARIES: Final[dict[str, type[models.TextChoices]]] = {
    "answer": Answer, "application_state": ApplicationState, "area_kind": AreaKind, "audience": Audience,
    "audit_opinion": AuditOpinion, "budget_band": BudgetBand, "crosswalk": CrosswalkKind, "division": Division,
    "end_reason": EndReason, "holiday": HolidayKind, "institution": InstitutionKind, "kind": OrganisationKind,
    "legal_form": LegalForm, "membership_act": MembershipAct, "membership_role": MembershipRole, "method": Method,
    "need": Need, "paper_kind": PaperKind, "programme_role": ProgrammeRoleKind, "readiness": ReadinessStage,
    "resource": ResourceKind, "role_title": RoleTitle, "sector": Sector, "service": ServiceKind, "sex": Sex,
    "social_platform": SocialPlatform, "standing": Standing, "target_group": TargetGroup,
    "verification": VerificationMethod,
}  # fmt: skip


class AreaLine(Shape):
    """An area."""

    code: str = Field(examples=["52.03"])
    name: str = Field(examples=["Kabupaten Lombok Timur"])
    kind: AreaKind
    level: int = Field(description=prose("1 province, 2 regency or city, 3 district, 4 village or urban village."))
    parent: str | None = Field(description=prose("The code of what it lies in."))
    zone: str = Field(description=prose("Its time zone, by the name computers use."), examples=["Asia/Makassar"])
    valid_from: Day | None
    valid_until: Day | None


class AreaFull(AreaLine):
    above: list[AreaRef] = Field(description=prose("What it lies in, the province first."))


class AreasSought(Shape):
    q: str = Field("", max_length=80, description=prose("A name, a part of one, a place after it, or a code."))
    within: AreaCode | None = Field(None, description=prose("Only in this area."))
    limit: int = Field(20, ge=1, le=50, description=prose("How many at most."))


class PartsSought(Shape):
    on: Day | None = Field(None, description=prose("Those of that day; those of now where it is left out."))


class Term(Shape):
    """A code and its words."""

    code: str
    words: dict[str, str] = Field(examples=[{"id": "Pendidikan", "en": "Education"}])


@router.get(
    "/areas",
    **told(
        prose("Find areas by name"), prose("The best match first. Without words: the provinces."),
        response=list[AreaLine],
    ),
)  # fmt: skip
def list_areas(request: Call, sought: Query[AreasSought]) -> list[AreaLine]:
    if not sought.q:
        return [_line(row) for row in children(sought.within)]
    return [_line(row) for row in search_areas(sought.q, within=sought.within, limit=sought.limit)]


@router.get("/areas/{code}", **told(prose("Read an area"), response=AreaFull))
def read_area(request: Call, code: str) -> AreaFull:
    found = surroundings(code)
    above = [AreaRef(code=row.pk, name=row.title) for row in found.above]
    return AreaFull(**_line(found.here).model_dump(), above=above)


@router.get(
    "/areas/{code}/parts",
    **told(prose("What lies directly in an area"), prose("By code."), response=list[AreaLine]),
)
def list_parts(request: Call, code: str, sought: Query[PartsSought]) -> list[AreaLine]:
    return [_line(row) for row in children(area(code).pk, on=sought.on)]


@router.get(
    "/vocabularies",
    tags=["vocabularies"],
    **told(
        prose("The words behind codes"), prose("Every list of codes the API uses, in both languages."),
        response=dict[str, list[Term]],
    ),
)  # fmt: skip
def list_vocabularies(request: Call) -> dict[str, list[Term]]:
    languages = ("id", "en")
    said: dict[str, dict[str, dict[str, str]]] = {}
    for language in languages:
        with override(language):
            said[language] = {name: _words(choices) for name, choices in VOCABULARIES.items()}
    return {
        name: [Term(code=code, words={ln: said[ln][name][code] for ln in languages}) for code in said["id"][name]]
        for name in VOCABULARIES
    }


def _words(choices: type[models.TextChoices]) -> dict[str, str]:
    rows: Iterable[tuple[str, object]] = choices.choices
    return {code: str(label) for code, label in rows if code}


def _line(row: Area) -> AreaLine:
    return AreaLine(
        code=row.pk, name=row.title, kind=AreaKind(row.kind), level=row.level, parent=row.parent_id,
        zone=row.zone.value, valid_from=row.valid_from, valid_until=row.valid_until,
    )  # fmt: skip
