"""The first screen of a case, and the village the work list is narrowed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.channels import Channel
from simpul.cases.kinds import CASE_TYPES, FAMILIES, Branch, family_of, types_of
from simpul.cases.relations import Relation
from simpul.people.codes import Sex
from simpul.territory.models import AreaKind
from simpul.web.cases.desk.forms.fields import NUMBER, Choices, SentOnce, boxes, line, radio, words
from simpul.web.components import Text
from simpul.web.territory.forms import AreaField


def type_groups(branch: str) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """The types of a branch under the names of their families."""
    grouped: dict[str, list[tuple[str, Text]]] = {}
    for code, label in types_of(branch).items():
        grouped.setdefault(family_of(code), []).append((code, label))
    return [(FAMILIES[family], rows) for family, rows in grouped.items()]


class FirstScreenForm(SentOnce):
    """Where, which branch, of what kind, who, what; and by which way the report came."""

    group = forms.ChoiceField(label=_("Which group keeps it?"))
    area = AreaField(label=_("Which village?"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE))
    branch = radio(_("What is it about?"), Branch.choices)
    types = boxes(_("Which kind?"), list(CASE_TYPES.items()), required=True)
    name = line(_("Who is it about?"), 160, _("A name or what they are called. May stay empty."))
    sex = radio(_("Sex"), Sex.choices, required=False)
    age_stated = forms.IntegerField(
        label=_("Age"),
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_("About is fine."),
    )
    narrative = words(_("What happened?"), 6, _("In their own words, as short as you like."), most=10_000)
    channel = radio(_("How did the report reach you?"), Channel.choices)
    relation = forms.ChoiceField(label=_("Who reported?"), choices=[("", _("Choose")), *Relation.choices])
    waited = forms.IntegerField(required=False, widget=forms.HiddenInput)  # seconds, on a phone without a signal

    def __init__(self, groups: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = groups
        if len(groups) == 1:
            field.widget = forms.HiddenInput()
            field.initial = groups[0][0]

    def victim(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("name", "sex", "age_stated")}


class VillageForm(forms.Form):
    desa = AreaField(label=_("Which village?"), kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE), required=False)
