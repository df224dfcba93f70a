"""The shape of an organisation's entry, read and changed."""

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from simpul.api.callers import Call
from simpul.api.prose import prose
from simpul.api.shape import Shape
from simpul.api.shapes import AreaCode, AreaRef, Code, Day, OwnKey, PartialText, Sent, Words, jsonable
from simpul.kernel.errors import Invalid
from simpul.kernel.time import PartialDate
from simpul.organisations.models import Organisation
from simpul.organisations.profiling import PARTIAL
from simpul.organisations.queries.listed import Beside, beside
from simpul.organisations.queries.profiles import profile_for
from simpul.territory.models import Area
from simpul.territory.queries import areas_by_code

Text = Annotated[str, StringConstraints(max_length=300)]
Email = Annotated[str, StringConstraints(max_length=254)]


class ProfileFields(Shape):
    """What an organisation says of itself. A field that the reader may not see is left out."""

    founded: PartialText | None = None
    dissolved: PartialText | None = None
    legal_form: Code = Field("", description=prose("A code of the vocabulary legal_form."))
    deed_number: Text = ""
    deed_date: Day | None = None
    deed_notary: Text = ""
    legal_decree_number: Text = ""
    legal_decree_date: Day | None = None
    skt_number: Text = ""
    skt_valid_until: Day | None = None
    npwp: Code = ""
    nib: Code = ""
    address: Text = ""
    postal_code: Code = ""
    phone: Code = Field("", description=prose("In international form."), examples=["+6281234567890"])
    whatsapp: Code = ""
    email: Email = ""
    website: Text = ""
    socials: dict[str, str] = Field({}, description=prose("Codes of the vocabulary social_platform to addresses."))
    description: Words | None = None
    sectors: list[Code] = Field([], description=prose("Codes of the vocabulary sector."), examples=[["PDK"]])
    target_groups: list[Code] = Field([], description=prose("Codes of the vocabulary target_group."))
    methods: list[Code] = Field([], description=prose("Codes of the vocabulary method."))
    principles: list[Words] = []
    activity_forms: list[Words] = []
    accepts_referrals: Code = Field("unknown", description=prose("A code of the vocabulary answer."))
    board_women: int | None = None
    board_men: int | None = None
    staff_women: int | None = None
    staff_men: int | None = None
    volunteers: int | None = None
    disabled_staff: int | None = None
    budget_band: Code = Field("", description=prose("A code of the vocabulary budget_band."))
    audit_year: int | None = None
    audit_opinion: Code = Field("", description=prose("A code of the vocabulary audit_opinion."))


class ProfileChange(ProfileFields, Sent):
    """The fields to change; those that are not sent stay as they are."""

    kind: Code = Field("OT.T", description=prose("A code of the vocabulary kind."))


class Registration(Sent):
    """A new organisation."""

    id: OwnKey = None
    kind: Code = Field(description=prose("A code of the vocabulary kind."), examples=["OT.T"])
    name: str = Field(max_length=200, examples=["Komunitas Baca Contoh"])
    acronym: str = Field("", max_length=40)
    seat: AreaCode | None = None
    founded: PartialText | None = None
    named_since: PartialText | None = None


class OrganisationLine(Shape):
    """An organisation in a list. Registered is not active: `last_confirmed` says when it was last found at work."""

    id: UUID
    kind: str = Field(description=prose("A code of the vocabulary kind."), examples=["OT.T"])
    name: str = Field(examples=["Komunitas Baca Contoh"])
    acronym: str
    seat: AreaRef | None
    last_confirmed: Day | None = Field(description=prose("When somebody last found it at work; null: never."))


class OrganisationFull(OrganisationLine):
    """An organisation as this reader may see it."""

    is_hidden: bool = Field(description=prose("In safety mode: only its own people and those who protect it see it."))
    profile: ProfileFields


def lines(organisations: list[Organisation]) -> list[OrganisationLine]:
    """One query for what stands beside each."""
    known = beside(organisations)
    return [OrganisationLine(**_common(row, known.get(row.pk))) for row in organisations]


def full(call: Call, organisation: Organisation) -> OrganisationFull:
    """With its version for the ETag. A few queries."""
    call.version = organisation.version
    shown = {name: jsonable(value) for name, value in profile_for(call.actor, organisation).items()}
    common = _common(organisation, beside([organisation]).get(organisation.pk))
    return OrganisationFull(**common, is_hidden=organisation.in_safety_mode, profile=ProfileFields(**shown))


def _common(row: Organisation, known: Beside | None) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": row.name,
        "acronym": row.acronym,
        "seat": AreaRef.of(row.seat),
        "last_confirmed": known.last_confirmed if known else None,
    }


def changes_of(sent: ProfileChange) -> dict[str, Any]:
    """The fields that were sent, as the service takes them."""
    changes = {name: getattr(sent, name) for name in sent.model_fields_set}
    return {name: moment(name, value) if name in PARTIAL else value for name, value in changes.items()}


def moment(field: str, text: str | None) -> PartialDate | None:
    """Invalid("not_a_date") for what is none."""
    try:
        return PartialDate.parse(text) if text else None
    except ValueError as error:
        message = _("Write a year, or a year and month, or the whole date.")
        raise Invalid("not_a_date", field, message=message) from error


def area_named(field: str, code: str | None) -> Area | None:
    """Invalid("unknown_area") for a code that no area has."""
    if code is None:
        return None
    found = areas_by_code([code]).get(code)
    if found is None:
        raise Invalid("unknown_area", field, message=_("No area has this code. Look it up under /areas."))
    return found
