"""Forms of how an organisation is made up."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.web.choices import offer
from simpul.web.editing.fields import DayField


class BoardForm(forms.Form):
    since = DayField(label=_("The board's term begins"))
    until = DayField(label=_("The first day of the next term"), required=False)
    women = forms.IntegerField(label=_("Women on the board"), min_value=0, required=False)
    men = forms.IntegerField(label=_("Men on the board"), min_value=0, required=False)
    decree = forms.ChoiceField(label=_("The decree that names it"), required=False)

    def __init__(self, *args: Any, decrees: Mapping[str, str], **options: Any) -> None:
        """`decrees`: id -> number of those of the organisation; without any, none is asked for."""
        super().__init__(*args, **options)
        offer(self, "decree", [("", _("None, or not entered")), *decrees.items()])
        if not decrees:
            del self.fields["decree"]


class DecreeForm(forms.Form):
    number = forms.CharField(label=_("Number of the decree (SK)"), max_length=60)
    issued_on = DayField(label=_("Date of the decree"))
    issuer = forms.CharField(
        label=_("Who issued it"),
        max_length=120,
        help_text=_("The office, not the person: the village head of …"),
    )


class DivisionForm(forms.Form):
    name = forms.CharField(label=_("Name of the division"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    since = DayField(label=_("Since"))
