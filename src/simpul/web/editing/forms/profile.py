"""The profile in pages of related questions. Shapes of values are the service's to judge (organisations.shapes)."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.kernel.time import PartialDate
from simpul.organisations.institutions import Answer
from simpul.organisations.kinds import LegalForm, OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.sectors import AuditOpinion, BudgetBand, Method, Sector, SocialPlatform, TargetGroup
from simpul.organisations.visibility import FIELDS, Audience, audience_of
from simpul.web.editing.fields import DayField, LinesField, PartialDateField
from simpul.web.editing.versions import VersionedForm

_EMPTY: Final = [("", _("Not said"))]


def _label(name: str) -> Any:
    return FIELDS[name].label


def _text(name: str, longest: int) -> forms.CharField:
    return forms.CharField(label=_label(name), max_length=longest, required=False)


def _number(name: str) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"})
    return forms.IntegerField(label=_label(name), min_value=0, required=False, widget=widget)


def _some(name: str, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_label(name), choices=choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class IdentityForm(VersionedForm):
    names = ("kind", "founded", "dissolved", "principles")
    two = ("description",)

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    description = forms.CharField(label=_label("description"), widget=forms.Textarea(attrs={"rows": 5}), required=False)
    description_en = forms.CharField(
        label=_("About, in English"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    founded = PartialDateField(label=_label("founded"), required=False)
    dissolved = PartialDateField(label=_label("dissolved"), required=False)
    principles = LinesField(label=_label("principles"), required=False)


class LegalityForm(VersionedForm):
    names = (
        "legal_form",
        "deed_number",
        "deed_date",
        "deed_notary",
        "legal_decree_number",
        "legal_decree_date",
        "skt_number",
        "skt_valid_until",
        "npwp",
        "nib",
    )

    legal_form = forms.ChoiceField(label=_label("legal_form"), choices=[*_EMPTY, *LegalForm.choices], required=False)
    deed_number = _text("deed_number", 60)
    deed_date = DayField(label=_label("deed_date"), required=False)
    deed_notary = _text("deed_notary", 120)
    legal_decree_number = _text("legal_decree_number", 60)
    legal_decree_date = DayField(label=_label("legal_decree_date"), required=False)
    skt_number = _text("skt_number", 60)
    skt_valid_until = DayField(label=_label("skt_valid_until"), required=False)
    npwp = _text("npwp", 30)
    nib = _text("nib", 30)


class ContactForm(VersionedForm):
    """One field a social platform; together they are `socials`."""

    names = ("address", "postal_code", "phone", "whatsapp", "email", "website")

    address = _text("address", 300)
    postal_code = _text("postal_code", 10)
    phone = _text("phone", 40)
    whatsapp = _text("whatsapp", 40)
    email = _text("email", 254)
    website = _text("website", 200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for platform, words in SocialPlatform.choices:
            self.fields[f"social_{platform}"] = forms.CharField(label=words, max_length=200, required=False)

    @classmethod
    def values_of(cls, row: Organisation) -> dict[str, Any]:
        return {**super().values_of(row), "socials": row.socials}

    @classmethod
    def initial_of(cls, row: Organisation) -> dict[str, Any]:
        socials = {f"social_{platform}": row.socials.get(platform, "") for platform in SocialPlatform.values}
        return {**super().initial_of(row), **socials}

    def values(self) -> dict[str, Any]:
        typed = {platform: self.cleaned_data[f"social_{platform}"] for platform in SocialPlatform.values}
        return {**super().values(), "socials": {platform: text for platform, text in typed.items() if text}}

    def label(self, name: str) -> Any:
        return _label("socials") if name == "socials" else super().label(name)

    def labels(self, name: str) -> dict[str, str]:
        if name == "socials":
            return {code: str(words) for code, words in SocialPlatform.choices}
        return super().labels(name)


class WorkForm(VersionedForm):
    names = ("sectors", "target_groups", "methods", "activity_forms", "accepts_referrals")

    sectors = _some("sectors", Sector.choices)
    target_groups = _some("target_groups", TargetGroup.choices)
    methods = _some("methods", Method.choices)
    activity_forms = LinesField(label=_label("activity_forms"), required=False)
    accepts_referrals = forms.ChoiceField(
        label=_label("accepts_referrals"), choices=Answer.choices, widget=forms.RadioSelect
    )


class PeopleForm(VersionedForm):
    names = (
        "board_women",
        "board_men",
        "staff_women",
        "staff_men",
        "volunteers",
        "disabled_staff",
        "budget_band",
        "audit_year",
        "audit_opinion",
    )

    board_women = _number("board_women")
    board_men = _number("board_men")
    staff_women = _number("staff_women")
    staff_men = _number("staff_men")
    volunteers = _number("volunteers")
    disabled_staff = _number("disabled_staff")
    budget_band = forms.ChoiceField(label=_label("budget_band"), choices=[*_EMPTY, *BudgetBand.choices], required=False)
    audit_year = _number("audit_year")
    audit_opinion = forms.ChoiceField(
        label=_label("audit_opinion"), choices=[*_EMPTY, *AuditOpinion.choices], required=False
    )


class VisibilityForm(VersionedForm):
    """Who sees each field of the profile."""

    names = tuple(FIELDS)
    paired = True  # so many questions of one kind stand beside their answers
    lead = _(
        "Network: signed-in people of organisations it shares a network with. Organisation: its own people and who "
        "looks after its entry."
    )
    short: Final = [
        (Audience.PUBLIC, _("Everybody")),
        (Audience.NETWORK, pgettext_lazy("who sees it", "Network")),
        (Audience.OWN, pgettext_lazy("who sees it", "Organisation")),
    ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.names:
            self.fields[name] = forms.ChoiceField(label=_label(name), choices=self.short)

    @classmethod
    def values_of(cls, row: Organisation) -> dict[str, Any]:
        return {name: str(audience_of(name, row.kind, row.field_audiences)) for name in cls.names}

    @classmethod
    def initial_of(cls, row: Organisation) -> dict[str, Any]:
        return {"version": row.version, **cls.values_of(row)}


# The part of the address, the words, the form.
GROUPS: Final[dict[str, tuple[Any, type[VersionedForm]]]] = {
    "identitas": (_("Who we are"), IdentityForm),
    "kontak": (_("How to reach us"), ContactForm),
    "bidang": (_("What we do"), WorkForm),
    "legalitas": (_("Legal papers"), LegalityForm),
    "orang": (_("People and accounts"), PeopleForm),
}


def is_told(row: Organisation, form: type[VersionedForm]) -> bool:
    """Whether anything of this page has been filled in."""
    said = {n: v for n, v in form.values_of(row).items() if n not in ("kind", "accepts_referrals")}
    return any(isinstance(value, PartialDate) or value not in (None, "", [], {}) for value in said.values())
