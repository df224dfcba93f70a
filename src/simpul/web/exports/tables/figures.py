"""Figures: all of them at a glance, and the records behind one."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.kernel.time import Zone, local_date
from simpul.results.queries import Evaluation, evaluate, evaluate_all, indicator, is_about_hidden, page_of, part_of
from simpul.web.exports.tables.table import MOST, Table
from simpul.web.http import Request
from simpul.web.results.forms import Asked, AskForm, question_from


def figures(request: Request) -> Table:
    """Every figure of the page, a part a line."""
    question = question_from(AskForm(request.GET or None), request.actor, local_date(timezone.now(), Zone.WIB))
    header = [_("Figure"), _("What is counted"), _("Number"), _("Unit"), _("About"), _("Definition")]
    lines = [line for one in evaluate_all(question) for line in _parts(one)]
    return Table(_("Figures"), [], question.as_of, header, lines)


def _parts(one: Evaluation) -> Iterator[Sequence[Value]]:
    language = get_language() or "id"
    asked, about = one.indicator, one.about.to(language)
    for figure_ in one.figures:
        words, unit = figure_.part.name.to(language), figure_.part.unit.to(language)
        yield [asked.code, words, figure_.value, unit, about, f"{asked.code} v{asked.version}"]


def figure(request: Request, code: str) -> Table:
    """The records behind a figure, narrowed as the page is."""
    today = local_date(timezone.now(), Zone.WIB)
    evaluation = evaluate(indicator(code), question_from(AskForm(request.GET or None), request.actor, today))
    if is_about_hidden(evaluation):
        raise Http404
    wanted, language = Asked.read(request.GET), get_language() or "id"
    part = part_of(evaluation.indicator, wanted.part)
    header = [_("Record behind the figure"), _("Place or period")]
    filters = [
        (_("Figure"), part.name.to(language)),
        (_("About"), evaluation.about.to(language)),
        (_("Definition"), f"{code} v{evaluation.indicator.version}"),
    ]
    lines = _records(part.source(evaluation.question), wanted)
    return Table(part.name.to(language), filters, evaluation.question.as_of, header, lines)


def _records(source: Any, wanted: Asked) -> Iterator[Sequence[Value]]:
    after, left = None, MOST
    while left > 0:
        page = page_of(source, where=wanted.where, after=after)
        yield from ((row.title, row.note) for row in page.rows)
        left -= len(page.rows)
        after = page.next_after
        if after is None:
            return
