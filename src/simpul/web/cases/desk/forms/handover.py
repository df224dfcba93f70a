"""Who leaves, who takes over, and whether the person was asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.care_kinds import Asked
from simpul.web.cases.desk.forms.fields import SentOnce, radio, words
from simpul.web.choices import offer


class HandoverForm(SentOnce):
    leaving = forms.ChoiceField(label=_("Who leaves?"))
    successor = forms.ChoiceField(label=_("Who takes over?"))
    asked = radio(_("Was the person asked?"), Asked.choices)
    reason = words(_("Why?"), 3, _("Never shown to whoever leaves. Needed where the person was not asked."), most=1000)

    def __init__(self, helping: Mapping[str, object], people: Mapping[str, object], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, persons in (("leaving", helping), ("successor", people)):
            offer(self, name, [(key, str(one)) for key, one in persons.items()])
