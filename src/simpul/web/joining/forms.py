"""What an applicant tells, and what the secretariat writes down about it.

How the public form is kept from machines is in `simpul.web.numbered`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.localized import LocalizedText
from simpul.organisations.admission import Act, Check
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.membership_life import MembershipAct
from simpul.organisations.models import Organisation
from simpul.organisations.services.applications import Contact
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField, in_two
from simpul.web.editing.forms.entries import KeyedForm
from simpul.web.numbered import NumberedForm, receipt_field
from simpul.web.territory.forms import AreaField

SALT: Final = "simpul.joining"
NEW: Final = "baru"


class ApplyForm(NumberedForm):
    salt: ClassVar[str] = SALT
    reached_by: ClassVar[tuple[str, str]] = ("contact_phone", "contact_email")
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    name = forms.CharField(
        label=_("Name of the organisation"), max_length=200, help_text=_("As it stands on its letters.")
    )
    acronym = forms.CharField(label=_("Short name"), max_length=40, required=False)
    seat = AreaField(label=_("Where is its office?"), required=False)
    does = forms.CharField(
        label=_("What does it do, for whom?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few sentences. No names of people you accompany."),
    )
    hopes = forms.CharField(
        label=_("Why do you want to join?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact_name = forms.CharField(
        label=_("Whom may we ask?"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    contact_position = forms.CharField(label=_("Position in the organisation"), max_length=120, required=False)
    contact_phone = forms.CharField(
        label=_("WhatsApp or telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    contact_email = forms.CharField(
        label=_("E-mail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
        help_text=_("A number or an e-mail address: one of the two is enough."),
    )
    consents = forms.BooleanField(
        label=_("The secretariat may contact me about this application"),
        help_text=_("Only the secretariat reads it. It is deleted half a year after the decision."),
    )

    def said(self) -> dict[str, Any]:
        """As `submit_application` takes it. After is_valid()."""
        given = self.cleaned_data
        names = ("receipt", "kind", "name", "acronym", "seat", "does", "hopes", "consents")
        contact = Contact(
            given["contact_name"], given["contact_phone"], given["contact_email"], given["contact_position"]
        )
        return {**{name: given[name] for name in names}, "contact": contact}


class ReceiptForm(forms.Form):
    receipt = receipt_field(_("Number of your application"))


class ReplyForm(forms.Form):
    words = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class CallForm(forms.Form):
    terms = forms.CharField(
        label=_("What do you ask of a member?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Everybody reads it above the form."),
    )
    terms_en = forms.CharField(
        label=_("What you ask, in English"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("terms_en") and not given.get("terms"):
            self.add_error("terms", _("Write it in Indonesian too."))
        return given

    def text(self) -> LocalizedText | None:
        texts = in_two(self.cleaned_data, "terms")
        return LocalizedText(texts) if texts else None


class CheckForm(forms.Form):
    items = forms.MultipleChoiceField(
        label=_("What did you find out?"),
        choices=Check.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def found(self) -> dict[str, bool]:
        return {item: item in self.cleaned_data["items"] for item in Check.values}


class MoveForm(forms.Form):
    act = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What the applicant reads"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StandingForm(KeyedForm):
    """`offered` are the acts of this side from where the membership stands; `acts` all of this side.

    What is sent twice is not offered any more the second time, and yet no mistake: the service knows it again.
    """

    act = forms.ChoiceField(label=_("What is it now?"), widget=forms.RadioSelect)
    effective_on = DayField(label=_("From which day"))
    until = DayField(
        label=_("Until"), required=False, help_text=_("For a leave: the first day on which it is active again.")
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the network and the member read it."),
    )
    decided_by = forms.CharField(
        label=_("Who decided"),
        max_length=200,
        required=False,
        help_text=_("The organ, not a person: presidium meeting, 3 March 2024."),
    )
    decided_on = DayField(label=_("On which day"), required=False)
    minutes = forms.CharField(
        label=_("Where it can be read"), max_length=200, required=False, help_text=_("Number or title of the minutes.")
    )

    def __init__(
        self, *args: Any, acts: Sequence[MembershipAct], offered: Sequence[MembershipAct], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "act", [(act.value, act.label) for act in (acts if self.is_bound else offered)])


class DecideForm(forms.Form):
    """`known` are organisations of the directory that the applicant may be."""

    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[(Act.ACCEPT, _("It becomes a member")), (Act.REFUSE, _("It does not become a member"))],
        widget=forms.RadioSelect,
    )
    member = forms.ChoiceField(label=_("Which organisation is it?"), widget=forms.RadioSelect, required=False)
    decided_by = forms.CharField(
        label=_("Who decided"),
        max_length=200,
        help_text=_("The organ, not a person: presidium meeting, 3 March 2024."),
    )
    decided_on = DayField(label=_("On which day"))
    minutes = forms.CharField(
        label=_("Where it can be read"), max_length=200, required=False, help_text=_("Number or title of the minutes.")
    )
    valid_from = DayField(label=_("Member since"), required=False)
    words = forms.CharField(
        label=_("What the applicant reads"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("If it is not admitted: why, and what it can do."),
    )

    def __init__(
        self, *args: Any, known: Sequence[Organisation], may_register: bool, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("decided_on", today)
        self.known = {str(row.pk): row for row in known}
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        new = [(NEW, _("None of these: register it with what it wrote"))] if may_register else []
        field.choices = [*((key, row.name) for key, row in self.known.items()), *new]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") == Act.ACCEPT and not given.get("member") and "member" not in self.errors:
            self.add_error("member", _("Choose which organisation becomes a member."))
        if given.get("outcome") == Act.REFUSE and not given.get("words", "").strip():
            self.add_error("words", _("Write a few words: the applicant reads them."))
        return given

    def chosen(self) -> Organisation | None:
        """None: the applicant is new."""
        return self.known.get(self.cleaned_data["member"])

    def decision(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("decided_by", "decided_on", "minutes", "words")}
