"""Evaluations as plain data, for the command line and, later, the API: the same shape everywhere."""

from collections.abc import Mapping
from typing import Any

from simpul.kernel.localized import LocalizedText
from simpul.results.queries import Evaluation, Figure


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """JSON-ready: `value` is the first part's; `listed` how many of it open into records; dates are ISO."""
    asked, question = evaluation.indicator, evaluation.question
    window = question.window
    data: dict[str, Any] = {
        "code": asked.code,
        "version": asked.version,
        "name": _texts(asked.name),
        "definition": _texts(asked.definition),
        "about": {"kind": asked.subject.value, "id": str(question.subject), "name": str(evaluation.about)},
        "as_of": question.as_of.isoformat(),
        "from": window.start.isoformat() if window.start else None,
        "until": window.until.isoformat() if window.until else None,
        "area": question.area_code,
        "value": evaluation.value,
        "unit": _texts(asked.main.unit),
        "parts": [_part(figure) for figure in evaluation.figures],
    }
    if evaluation.stated and asked.declared:
        data["stated"] = {
            "name": _texts(asked.declared.name),
            "value": evaluation.stated.value,
            "approximate": evaluation.stated.approximate,
            "on": evaluation.stated.on.isoformat(),
        }
    return data


def _part(figure: Figure) -> dict[str, Any]:
    part = figure.part
    return {
        "key": part.key,
        "name": _texts(part.name),
        "unit": _texts(part.unit),
        "value": figure.value,
    }


def _texts(text: LocalizedText) -> Mapping[str, str]:
    return dict(sorted(text.items()))
