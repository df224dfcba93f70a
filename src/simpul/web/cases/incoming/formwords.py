"""An XLSForm, the Excel file from which KoboCollect and ODK Collect make their questions: what each name stands for.

Exports head their columns with names such as "k3" or "data_korban/k3"; the form says "Siapa nama korban?".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from simpul.interop.recipes import FormWords
from simpul.interop.tables import Book, Sheet, words_of

_MOST: Final = 5_000  # rows of a sheet of a form
_INDONESIAN: Final = re.compile(r"indonesia|bahasa|\(id\)|::id$")
_MARKS: Final = re.compile(r"<[^>]*>|\$\{[^}]*\}|[*_#]+")
_BEGIN: Final = ("begin group", "begin repeat")
_END: Final = ("end group", "end repeat")
_SELECT: Final = ("select_one", "select_multiple", "rank", "select one", "select multiple")

Row = Mapping[str, str]


def words_of_form(book: Book) -> FormWords | None:
    """None for a file without the sheet "survey" and its questions."""
    sheets = {sheet.name.strip().casefold(): sheet for sheet in book.sheets}
    survey = _rows(sheets.get("survey"))
    if not survey:
        return None
    lists: dict[str, dict[str, str]] = {}
    for row in _rows(sheets.get("choices")):
        name = row.get("list_name") or row.get("list name", "")
        if name and row["name"] and row["label"]:
            lists.setdefault(name, {})[row["name"]] = row["label"]
    questions: dict[str, str] = {}
    answers: dict[str, Mapping[str, str]] = {}
    for head, words, kind in _questions(survey):
        questions[head] = words
        if (chosen := lists.get(_list_of(kind))) is not None:
            answers[head] = chosen
    return FormWords(questions, answers)


def _questions(survey: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    """Head, words, kind of each question: under its whole path, and under its name alone where that is nobody else's.

    The words begin with those of the groups it stands in: they tell whose name is asked.
    """
    groups: list[tuple[str, str]] = []
    found: list[tuple[str, str, str, str]] = []
    for row in survey:
        kind = row["type"].casefold().replace("_", " ")
        if kind.startswith(_BEGIN):
            groups.append((row["name"], row["label"]))
        elif kind.startswith(_END):
            groups[-1:] = []
        elif row["name"] and row["label"]:
            path = "/".join([*(name for name, _label in groups if name), row["name"]])
            words = "/".join([*(label for _name, label in groups if label), row["label"]])
            found.append((path.casefold(), row["name"].casefold(), words, row["type"]))
    names = [name for _path, name, _words, _kind in found]
    for path, name, words, kind in found:
        yield path, words, kind
        if path != name and names.count(name) == 1:
            yield name, words, kind


def _list_of(kind: str) -> str:
    """ "select_multiple jenis" is of the list "jenis"."""
    said = kind.strip()
    return next((said[len(one) :].split()[0] for one in _SELECT if said.startswith(f"{one} ")), "")


def _rows(sheet: Sheet | None) -> list[Row]:
    """Each row by the head of its columns; `label` is the Indonesian one where there are several languages. Nothing of
    a sheet without any.
    """
    if sheet is None or not sheet.lines:
        return []
    heads = [words_of(cell).strip().casefold() for cell in sheet.lines[0].cells]
    label = _label_among(heads)
    if label is None:
        return []
    rows: list[Row] = []
    for line in sheet.lines[1 : _MOST + 1]:
        cells = dict(zip(heads, map(words_of, line.cells), strict=False))
        told = _MARKS.sub(" ", cells.get(label, ""))
        rows.append({**dict.fromkeys((*heads, "type", "name"), ""), **cells, "label": " ".join(told.split())})
    return rows


def _label_among(heads: Sequence[str]) -> str | None:
    labels = [head for head in heads if head == "label" or head.startswith(("label:", "label ("))]
    spoken = [head for head in labels if _INDONESIAN.search(head)]
    return next(iter([*spoken, *labels]), None)
