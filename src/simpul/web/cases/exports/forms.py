"""What is asked before the register is taken out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.export_kinds import Format, Part, new_password
from simpul.cases.kinds import Branch
from simpul.web.cases.desk.forms.fields import PRIVATE, Choices, OfGroup, locks_a_file, radio, words
from simpul.web.editing.fields import DayField
from simpul.web.territory.forms import AreaField


class ExportForm(OfGroup):
    kind = radio(_("As which file?"), Format.choices)
    since = DayField(label=_("Reported from"), required=False)
    until = DayField(label=_("Reported until"), required=False)
    branch = radio(_("Which branch?"), [("", _("Both")), *Branch.choices], required=False)
    area = AreaField(label=_("Only this area"), required=False)
    reason = words(
        _("What do you take it out for?"), 2, _("Who took the register out and why stays on record."), required=True
    )
    unmasked = forms.BooleanField(
        label=_("With names, NIK and what happened in it"),
        required=False,
        help_text=_(
            "Without this they are masked, and the register still counts and refers to each case by its number."
        ),
    )
    unmasking_reason = words(_("Why are names needed?"), 2, _("Only where names are in it."))
    password = forms.CharField(
        label=_("A password of your own"),
        required=False,
        max_length=200,
        help_text=_("Empty: one is made for you, and shown once. Your own has at least 14 characters."),
        widget=forms.PasswordInput(attrs={**PRIVATE, "autocomplete": "new-password"}),
        validators=[locks_a_file],
    )
    field_order = ("key", "group", "kind", "since", "until", "branch", "area", "reason")

    def __init__(self, groups: Choices, *args: Any, may_unmask: bool, **kwargs: Any) -> None:
        super().__init__(groups, *args, **kwargs)
        if not may_unmask:
            del self.fields["unmasked"], self.fields["unmasking_reason"]

    def given(self) -> dict[str, Any]:
        told = super().given()
        area = told.pop("area", None)
        part = Part(told.pop("since"), told.pop("until"), told.pop("branch"), area.code if area else "")
        self.made = "" if told["password"] else new_password()
        return {**told, "part": part, "password": told["password"] or self.made}
