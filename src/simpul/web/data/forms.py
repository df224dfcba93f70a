"""What those who publish fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.localized import LocalizedText


class ApprovalForm(forms.Form):
    """`digest` is what was looked at; what has changed since is not agreed to."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What did you look at, and why may it be told?"),
        help_text=_("It stays with the release. Name nobody, and no number that is hidden."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    looked = forms.BooleanField(label=_("I have looked at what it would tell, and nobody can be recognised in it."))

    def given(self) -> dict[str, str]:
        return {"digest": self.cleaned_data["digest"], "reason": self.cleaned_data["reason"]}


class WithdrawalForm(forms.Form):
    """Stands on one page with the other form that asks for a reason: its fields have ids of their own."""

    reason = forms.CharField(
        label=_("Why should it not be published?"),
        help_text=_("Whoever proposes next will read it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "refusal_%s", **kwargs})


class AnnotationForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What sort of note is it?"),
        widget=forms.RadioSelect,
        choices=[
            ("note", _("A note")),
            ("corrected", _("A mistake that was corrected afterwards")),
            ("retracted", _("Withdrawn: it should not be used any more")),
        ],
    )
    words = forms.CharField(label=_("In Indonesian"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    words_en = forms.CharField(
        label=_("In English"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def text(self) -> LocalizedText:
        given = self.cleaned_data
        return LocalizedText(id=given["words"], en=given["words_en"])
