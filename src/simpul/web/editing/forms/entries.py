"""Forms that enter something new: organisations, groups, names, declarations, areas, memberships."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import Invalid
from simpul.organisations.declarations import DeclarationKind, DeclarationStanding
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.models.memberships import EndReason, MembershipRole
from simpul.organisations.services.village_groups import NewBoard, NewDecree
from simpul.organisations.visibility import SafetyReason
from simpul.territory.models import AreaKind
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField, LinesField, PartialDateField
from simpul.web.editing.versions import VersionedForm
from simpul.web.territory.forms import AreaField


class KeyedForm(forms.Form):
    """`key` is the client's own id of what is entered: sent twice, it is entered once."""

    key = forms.UUIDField(widget=forms.HiddenInput)


class RegisterForm(KeyedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stands on its letters."))
    acronym = forms.CharField(label=_("Short name"), max_length=40, required=False)
    seat = AreaField(label=_("Where is its office?"), required=False)
    network = forms.ChoiceField(
        label=_("Is it a member of your network?"),
        required=False,
        help_text=_("A member's entry can be kept by the network's secretariat."),
    )

    def __init__(self, *args: Any, networks: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "network", [("", _("No, only register it")), *networks.items()])
        if not networks:
            del self.fields["network"]


class VillageGroupForm(KeyedForm):
    name = forms.CharField(label=_("Name of the group"), max_length=200)
    village = AreaField(label=_("Village"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE))
    founded = PartialDateField(label=_("Founded"))
    decree_number = forms.CharField(label=_("Number of the decree (SK)"), max_length=60, required=False)
    decree_date = DayField(label=_("Date of the decree"), required=False)
    decree_issuer = forms.CharField(
        label=_("Who issued it"),
        max_length=120,
        required=False,
        help_text=_("The office, not the person: the village head of …"),
    )
    divisions = LinesField(label=_("Divisions"), required=False)
    board_since = DayField(label=_("The board's term begins"), required=False)
    board_until = DayField(label=_("The first day of the next term"), required=False)
    women = forms.IntegerField(label=_("Women on the board"), min_value=0, required=False)
    men = forms.IntegerField(label=_("Men on the board"), min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        decree = [bool(given.get(name)) for name in ("decree_number", "decree_date", "decree_issuer")]
        if any(decree) and not all(decree):
            self.add_error("decree_number", _("A decree has a number, a date and an office that issued it."))
        since, until = given.get("board_since"), given.get("board_until")
        if not since and (until or given.get("women") is not None or given.get("men") is not None):
            self.add_error("board_since", _("Write when the term begins."))
        if since and until and until <= since:
            self.add_error("board_until", _("The term ends after it begins. Check both dates."))
        return given

    def decree(self) -> NewDecree | None:
        given = self.cleaned_data
        if not given["decree_number"]:
            return None
        return NewDecree(given["decree_number"], given["decree_date"], given["decree_issuer"])

    def board(self) -> NewBoard | None:
        given = self.cleaned_data
        if not given["board_since"]:
            return None
        return NewBoard(given["board_since"], given["board_until"], given["women"], given["men"])


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=200)
    acronym = forms.CharField(label=_("Short name"), max_length=40, required=False)
    since = PartialDateField(label=_("Since when is that its name?"))


class CorrectNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stood on its letters."))
    acronym = forms.CharField(label=_("Short name"), max_length=40, required=False)
    since = PartialDateField(label=_("Since when was that its name?"), required=False)
    until = PartialDateField(
        label=_("Until when?"), required=False, help_text=_("When the next name began. Empty for the name it has now.")
    )


class FormerNameForm(CorrectNameForm):
    until = PartialDateField(label=_("Until when?"), help_text=_("When the next name began: 2015, or 05-2015."))


class DeclareForm(KeyedForm):
    kind = forms.ChoiceField(label=_("What is declared"), choices=DeclarationKind.choices)
    standing = forms.ChoiceField(label=_("Standing"), choices=DeclarationStanding.choices, widget=forms.RadioSelect)
    declared_on = DayField(label=_("On"))
    valid_until = DayField(label=_("No longer holds from"), required=False)
    evidence = forms.CharField(
        label=_("Where this can be read"),
        max_length=300,
        required=False,
        help_text=_("A document or an address. No names of people."),
    )

    def __init__(self, *args: Any, own: bool, **options: Any) -> None:
        """`own`: of the writer's own organisation, which they can't verify themselves."""
        super().__init__(*args, **options)
        field = self.fields["standing"]
        assert isinstance(field, forms.ChoiceField)
        if own:
            field.choices = [c for c in DeclarationStanding.choices if c[0] != DeclarationStanding.VERIFIED]
        field.initial = DeclarationStanding.DECLARED


class SeatForm(VersionedForm):
    names = ("seat",)

    seat = AreaField(label=_("Where is its office?"), required=False)

    @classmethod
    def values_of(cls, row: Organisation) -> dict[str, Any]:
        return {"seat": row.seat_id}

    @classmethod
    def initial_of(cls, row: Organisation) -> dict[str, Any]:
        return {"version": row.version, "seat": row.seat_id or ""}

    def values(self) -> dict[str, Any]:
        seat = self.cleaned_data["seat"]
        return {"seat": seat.code if seat else None}


class WorkingAreaForm(forms.Form):
    area = AreaField(label=_("Where else does it work?"))
    since = DayField(label=_("Since"), required=False)


class EndForm(forms.Form):
    until = DayField(label=_("The first day it no longer holds"))


class SafetyForm(forms.Form):
    """`on` says what is asked for, so that two who press at once do not undo each other."""

    on = forms.TypedChoiceField(
        choices=[("ya", ""), ("tidak", "")], coerce=lambda word: word == "ya", widget=forms.HiddenInput
    )
    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None, *, hidden: bool) -> None:
        super().__init__(data, initial={"on": "tidak" if hidden else "ya"})
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        over = (SafetyReason.OVER, SafetyReason.REQUEST)
        danger = (SafetyReason.THREAT, SafetyReason.RAID, SafetyReason.REQUEST)
        field.choices = [(reason.value, reason.label) for reason in (over if hidden else danger)]


class AdmitForm(KeyedForm):
    role = forms.ChoiceField(label=_("As"), choices=MembershipRole.choices, widget=forms.RadioSelect)
    valid_from = DayField(label=_("Member since"), required=False)
    decided_by = forms.CharField(
        label=_("Who decided"),
        max_length=200,
        required=False,
        help_text=_("The organ, not a person: presidium meeting, 3 March 2024."),
    )
    has_readiness_statement = forms.BooleanField(label=_("It has signed a statement of readiness"), required=False)
    readiness_note = forms.CharField(label=_("About the statement"), max_length=200, required=False)


class EndMembershipForm(EndForm):
    """Leaving and expulsion are decisions, with their own page: who decided, and why."""

    reason = forms.ChoiceField(
        label=_("Why it ends"),
        choices=[c for c in EndReason.choices if c[0] not in (EndReason.LEFT, EndReason.EXPELLED)],
        widget=forms.RadioSelect,
    )


# What the services call their fields, and the forms theirs.
RENAMED = {
    "issuer": "decree_issuer",
    "decree_number": "number",
    "divisions": "name",
    "board_until": "until",
    "valid_until": "until",
    "board": "board_since",
    "reason_code": "reason",
}


def answered(form: forms.Form, refusal: Invalid) -> str | None:
    """The field of this form that the refusal is about."""
    names = (refusal.field or "", RENAMED.get(refusal.field or "", ""))
    return next((name for name in names if name in form.fields), None)
