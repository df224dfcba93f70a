"""Words of the OpenAPI document. They stay English in the code and are translated when the document is written."""

from typing import Final

from django.utils.translation import gettext

KEYS: Final = frozenset({"summary", "description"})


def prose(text: str) -> str:
    """Marks a text for the catalogue and gives it back unchanged: pydantic and ninja want plain strings."""
    return text


def in_language(node: object) -> object:
    """The document with every summary and description in the active language."""
    if isinstance(node, dict):
        return {key: _said(key, value) for key, value in node.items()}
    return [in_language(item) for item in node] if isinstance(node, list) else node


def _said(key: str, value: object) -> object:
    if key in KEYS and isinstance(value, str):
        return gettext(value) if value else value
    return in_language(value)
