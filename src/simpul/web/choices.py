"""What a form offers to choose from, where that is known only once it is asked."""

from collections.abc import Iterable
from typing import Any

from django import forms


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """These choices in that field, and no other is taken."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
