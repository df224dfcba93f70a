"""Curated text in two or more languages. Indonesian is required: it is the language of the field."""

from collections.abc import Iterator, Mapping
from typing import Final

REQUIRED: Final = "id"


class LocalizedText(Mapping[str, str]):
    """Language code -> text, immutable. ValueError without Indonesian words."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | None = None, /, **by_language: str) -> None:
        merged = {**(texts or {}), **by_language}
        cleaned = {language: text.strip() for language, text in merged.items() if text and text.strip()}
        if REQUIRED not in cleaned:
            raise ValueError("localized text needs Indonesian ('id')")
        self._texts = cleaned

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __repr__(self) -> str:
        return f"LocalizedText({self._texts!r})"

    def __str__(self) -> str:
        return self._texts[REQUIRED]

    def to(self, language: str) -> str:
        """The text in that language ("en-gb" reads "en"), in Indonesian where it has not been translated."""
        return self._texts.get(language) or self._texts.get(language.partition("-")[0]) or self._texts[REQUIRED]
