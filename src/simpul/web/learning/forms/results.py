"""What came of an event: what was put forward, said, agreed, handed out. `key` is the client's own id: sent twice, it
is entered once.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.result_kinds import LONGEST, MOST_PEOPLE, Group, OutcomeKind, Scheme, Served
from simpul.activities.services.results import MOST_PAPERS
from simpul.kernel.actor import Actor
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField
from simpul.web.imports.recipes.naming import NameReader
from simpul.web.responses.fields import OrganisationField
from simpul.web.territory.forms import AreaField


def _words(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}), **options)


def _number(label: Any, most: int, **options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, widget=widget, **options)


class InputForm(forms.Form):
    """`speakers` are key -> how they are told."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    contribution = forms.ChoiceField(label=_("Who put it forward?"), widget=forms.RadioSelect)
    words = _words(_("What did they put forward?"), help_text=_("In a few sentences."))

    def __init__(self, *args: Any, speakers: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "contribution", speakers.items())


class VoiceForm(forms.Form):
    """`inputs` and `events` are key -> words; where there are none it is not asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    group = forms.ChoiceField(label=_("Whose voice is it?"), help_text=_("The group they spoke for. Never a name."))
    words = _words(_("What did they say?"), help_text=_("Nothing by which somebody could be recognised."))
    people = _number(_("How many said it?"), MOST_PEOPLE, help_text=_("Only where somebody counted."))
    answers = forms.ChoiceField(label=_("What does it speak to?"), required=False)
    event = forms.ChoiceField(label=_("At which meeting?"), required=False)

    def __init__(
        self,
        *args: Any,
        inputs: Mapping[str, str] | None = None,
        events: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "group", [("", _("Choose")), *Group.choices])
        self._offered("answers", inputs, _("Nothing in particular"))
        self._offered("event", events, _("At none of them"))

    def _offered(self, name: str, found: Mapping[str, str] | None, none: Any) -> None:
        if found:
            offer(self, name, [("", none), *found.items()])
        else:
            del self.fields[name]


class OutcomeForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What came of it?"), choices=OutcomeKind.choices, widget=forms.RadioSelect)
    scheme = forms.ChoiceField(
        label=_("How are organisations strengthened?"),
        choices=[("", _("Choose")), *Scheme.choices],
        required=False,
        help_text=_("Only for a way to strengthen organisations."),
    )
    words = _words(_("In words"))
    organisation = OrganisationField(
        label=_("Who sees to it?"), required=False, help_text=_("An organisation, by its name in the directory.")
    )
    due_on = DayField(label=_("Until when?"), required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, OrganisationField)
        field.reader = NameReader(actor)


class ServedForm(forms.Form):
    """Of one village, or of all together: a number for each kind of paper."""

    area = AreaField(
        label=_("Residents of which village?"), required=False, help_text=_("Empty: of all of them together.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in Served:
            self.fields[self.named(kind)] = _number(kind.label, MOST_PAPERS)

    @staticmethod
    def named(kind: str) -> str:
        return f"n-{kind}"

    def numbers(self) -> dict[str, int]:
        """Kind -> papers; what is left empty is none. After is_valid()."""
        told = {kind.value: self.cleaned_data.get(self.named(kind)) for kind in Served}
        return {kind: number for kind, number in told.items() if number}
