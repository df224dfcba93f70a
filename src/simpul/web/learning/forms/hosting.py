"""What is kept by one organisation: asked once whose it is, never again where it is changed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from simpul.web.choices import offer
from simpul.web.editing.fields import in_two


class Hosted(forms.Form):
    """A form with a choice `organisation`. `hosts` are key -> name; None where it is changed. `key` is the client's own
    id: sent twice, it is entered once. `version` is the one that was read before it was changed.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, hosts: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if hosts is None:
            del self.fields["organisation"]
        else:
            offer(self, "organisation", hosts.items())

    def told(self, title: str, *names: str) -> dict[str, Any]:
        """These fields as they are, and `title` and `about` in their languages. After is_valid()."""
        given = self.cleaned_data
        about = in_two(given, "about")
        return {
            **{name: given[name] for name in names},
            title: in_two(given, title),
            "about": about if about and about.get("id") else None,
        }
