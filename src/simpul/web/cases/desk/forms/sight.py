"""Who helps, and from whom it is hidden."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.web.cases.desk.forms.fields import SentOnce, words
from simpul.web.choices import offer


class PersonForm(SentOnce):
    """Somebody of the group."""

    person = forms.ChoiceField(label=_("Who?"))

    def __init__(self, people: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people.items())


class HideForm(PersonForm):
    reason = words(_("Why?"), 2, _("Seen by those who see the case."), most=500)
