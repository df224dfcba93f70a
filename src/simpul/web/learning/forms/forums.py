"""A stage on a forum's way, a paper that shows it, and which forums a reader asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from simpul.activities.forum_life import Stage
from simpul.activities.kinds import Visibility
from simpul.activities.models import Event
from simpul.activities.rules.forums import StagePaper
from simpul.documents.services.keeping import LONGEST
from simpul.kernel.actor import Actor
from simpul.organisations.sectors import Sector
from simpul.territory.models import Area
from simpul.web import formats
from simpul.web.activities.rows import said
from simpul.web.choices import offer
from simpul.web.documents.fields import UploadField, UploadInput
from simpul.web.editing.fields import DayField
from simpul.web.territory.forms import AreaField


class WhereForm(forms.Form):
    wilayah = AreaField(label=_("Area"), required=False)

    def __init__(self, data: QueryDict, known: Area | None, path: str) -> None:
        filled = data.copy()
        if known is not None:
            filled["wilayah-teks"] = filled["wilayah-untuk"] = path
        super().__init__(filled)
        field = self.fields["wilayah"]
        assert isinstance(field, AreaField)
        field.known = known
        self.full_clean()

    @property
    def area(self) -> Area | None:
        found: Area | None = self.cleaned_data.get("wilayah")
        return found


class StageForm(forms.Form):
    """`key` is the client's own id of what is entered: sent twice, it is entered once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    stage = forms.ChoiceField(label=_("What was reached?"), widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("What is the policy about?"), required=False)
    reached_on = DayField(label=_("On which day?"))
    evidence = forms.CharField(
        label=_("Where can it be seen?"),
        max_length=300,
        help_text=_("Such as: minutes of 3 March, signed by 14 organisations. No names of people."),
    )
    event = forms.ChoiceField(label=_("At which event?"), required=False)

    def __init__(
        self, *args: Any, stages: Sequence[Stage], events: Sequence[Event], language: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "stage", [(stage.value, stage.label) for stage in stages])
        if Stage.ADVOCACY in stages:
            offer(self, "theme", [("", _("Choose")), *Sector.choices])
        else:
            del self.fields["theme"]
        named = [
            (str(e.pk), f"{formats.day(e.starts_on, language=language)}: {said(e.title, language)}") for e in events
        ]
        offer(self, "event", [("", _("At none")), *named])


class StagePaperForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is it?"), choices=StagePaper.choices)
    title = forms.CharField(label=_("Title"), max_length=LONGEST, help_text=_("No names of people."))
    audience = forms.ChoiceField(
        label=_("Who may open it?"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        help_text=_("A signed statement is opened by the organisers alone, whatever is chosen here."),
    )
    file = UploadField(label=_("File"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        widget = self.fields["file"].widget
        assert isinstance(widget, UploadInput)
        widget.actor = actor
