"""What every form of the desk is built from: sent once, every field without a memory of the browser."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.export_kinds import check_password
from simpul.kernel.errors import Invalid
from simpul.kernel.ids import uuid7
from simpul.web.choices import offer
from simpul.web.components import Text

Choices = list[tuple[Any, Any]]
Label = Any  # a string, or a lazily translated one
NUMBER: Final = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}
PRIVATE: Final = {"autocomplete": "off"}
OPEN: Final[tuple[str, Text]] = ("", _("Not known yet"))


class SentOnce(forms.Form):
    """`key` becomes the id of what is written: sent twice, it is written once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def given(self) -> dict[str, Any]:
        """What was answered, as services take it."""
        answers = dict(self.cleaned_data)
        return {"id": answers.pop("key"), **answers}


def words(
    label: Label, rows: int = 4, hint: Label = "", *, required: bool = False, most: int = 4000
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **PRIVATE})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def line(label: Label, most: int, hint: Label = "", *, required: bool = False, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={**PRIVATE, **attrs})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def radio(label: Label, choices: Any, hint: Label = "", *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=hint, widget=forms.RadioSelect)


def boxes(label: Label, choices: Any, hint: Label = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


class OfGroup(SentOnce):
    """Of one of the groups the actor may choose; where there is one alone it is not asked for."""

    group = forms.ChoiceField(label=_("Which group keeps it?"))

    def __init__(self, groups: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", groups)
        if len(groups) == 1:
            self.fields["group"].widget = forms.HiddenInput()
            self.fields["group"].initial = groups[0][0]


class ForSomebody(SentOnce):
    """`people`: those who are assisted, told apart without their names; asked only where there are several."""

    party = forms.ChoiceField(label=_("For whom?"))
    field_order = ("key", "party")

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "party", [("", _("Choose")), *people])
        self.only = people[0][0] if len(people) == 1 else ""
        if self.only:
            del self.fields["party"]

    def whom(self) -> str:
        """The key of the one it is for."""
        return self.only or str(self.cleaned_data["party"])

    def given(self) -> dict[str, Any]:
        answers = super().given()
        answers.pop("party", None)
        return answers


def locks_a_file(password: str) -> None:
    """A validator: what locks a file that leaves has to stand a long guess."""
    try:
        check_password(password)
    except Invalid as refusal:
        raise forms.ValidationError(str(refusal.message), code=refusal.code) from refusal
