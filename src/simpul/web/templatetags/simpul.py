"""The components' tags, known to every template without `{% load %}`. Each is shown on /gaya."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from django import forms, template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from simpul.web.components import Bar, Event, Knot, Link, Panel, Row, Stat, Task, Text, Tone
from simpul.web.exports.bar import is_about_hidden
from simpul.web.navigation import built

register = template.Library()


@cache  # some sixty on a page, each joined to the address anew
def _sprite(name: str) -> str:
    return f"{static('icons.svg')}#{name}"


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """An icon of the sprite; with a label it is read out, without one it is decoration."""
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, _sprite(name))
    return _decoration(name)


@cache
def _decoration(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', _sprite(name))


@register.simple_tag
def pill(word: Text, tone: str = "info") -> SafeString:
    """A status: its word, its colour and its shape. ValueError for a tone that does not exist."""
    return format_html("{}{}</span>", _shape(Tone(tone).value), word)


@cache
def _shape(tone: str) -> SafeString:
    shape = '<svg aria-hidden="true" focusable="false"><use href="{}"/></svg>'
    return format_html('<span class="pill {}">' + shape, tone, _sprite(f"shape-{tone}"))


@register.filter(name="built")
def is_built(path: str) -> bool:
    """Whether a page answers at this path: links to what is not there are not drawn."""
    return built(path)


@register.simple_tag(takes_context=True)
def show(context: template.Context, panel: Panel) -> SafeString:
    """A panel another context offers, drawn from its own values and the request alone."""
    return render_to_string(panel.template, panel.context, context["request"])


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, label: Text = "", hint: Text = "") -> dict[str, object]:
    """A form field with label, hint and error, tied together for screen readers by Django's own ids.

    A form names in `conditional` the fields that another answer makes necessary: they are not called optional.
    """
    widget = bound.field.widget
    if hint:
        bound.help_text = str(hint)
    return {
        "field": bound,
        "label": label or bound.label,
        "group": bool(widget.use_fieldset),
        "single": isinstance(widget, forms.CheckboxInput),
        "choices": isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)),
        "optional": not bound.field.required and bound.name not in getattr(bound.form, "conditional", ()),
    }


@register.inclusion_tag("components/fields.html")
def fields(form: forms.BaseForm) -> dict[str, object]:
    """Every field of a form in its order, the hidden ones first."""
    return {"form": form}


def _target(bound: forms.BoundField) -> str:
    """The id an error leads to: the input, or the first of a group."""
    widget = bound.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


@register.inclusion_tag("components/error-summary.html", takes_context=True)
def error_summary(context: template.Context, *sources: forms.BaseForm) -> dict[str, object]:
    """What has to be mended, at the top of the page, each line a link to its field. Nothing where nothing is wrong.

    It takes the focus when a form has come back.
    """
    lines: list[dict[str, object]] = []
    for form in sources:
        lines += [{"error": error} for error in form.non_field_errors()]
        lines += [
            {"error": error, "label": bound.label, "href": f"#{_target(bound)}"}
            for bound in form
            for error in bound.errors
        ]
    request = context.get("request")
    return {"lines": lines, "focus": request is not None and request.method == "POST"}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*pairs: Text) -> dict[str, object]:
    """The way here: label, address, label, address. The page itself is no step of it: its heading names it."""
    return {"links": [Link(label, str(href)) for label, href in zip(pairs[::2], pairs[1::2], strict=False) if href]}


@register.inclusion_tag("components/thread.html")
def thread(knots: Sequence[Knot], label: Text) -> dict[str, object]:
    """*Benang merah*: the chain from a complaint to its effect."""
    return {"knots": knots, "label": label}


@register.inclusion_tag("components/share.html", takes_context=True)
def share_bar(context: template.Context) -> dict[str, object]:
    """The bar under a page that may be carried away; nothing where it may not. `share` is what the page says of itself.

    A page may be named as one to share and still be about somebody who is hidden; it may say so by `hidden`.
    """
    values: dict[Any, Any] = context.flatten()
    bar = values.get("bar")
    if not bar or values.get("hidden") or is_about_hidden(values.values()):
        return {}
    return {
        "printed": True,
        "excel": bar.excel,
        "csv": bar.csv,
        "csv_for_excel": bar.csv_for_excel,
        "text": values.get("share") or bar.text,
    }


def _share(part: float, whole: float) -> str:
    """A width in per cent for SVG, with a point whatever the language; the whole is never exceeded."""
    return f"{min(100.0, 100 * part / whole) if whole else 0:.1f}%"


@register.inclusion_tag("components/bars.html")
def bars(rows: Iterable[Bar]) -> dict[str, object]:
    """A bar chart made of words and bars: it keeps its words at every width and needs no table behind it."""
    rows = list(rows)
    largest = max((row.total or row.value for row in rows), default=0)
    drawn = [(row, _share(row.value, largest), _share(row.total or row.value, largest)) for row in rows]
    return {"rows": drawn}


@register.inclusion_tag("components/stat.html")
def stat(figure: Stat) -> dict[str, object]:
    width = _share(figure.part, figure.whole) if figure.part is not None and figure.whole else ""
    return {"stat": figure, "width": width}


@register.inclusion_tag("components/summary.html")
def summary(rows: Sequence[Row]) -> dict[str, object]:
    """Check your answers: question, answer, change."""
    return {"rows": rows}


@register.inclusion_tag("components/tasks.html")
def tasks(items: Sequence[Task]) -> dict[str, object]:
    return {"tasks": items}


@register.simple_tag
def line(events: Sequence[Event]) -> SafeString:
    """What happened, oldest first. Written here and not in a template: a case has dozens, on the page opened most."""
    items = format_html_join("\n", _EVENT, (_event(event) for event in events))
    return format_html('<ol class="line">\n{}\n</ol>\n', items)


_EVENT: Final = '<li class="{}"{}><time{}>{}</time><b>{}</b>{}{}</li>'
_STATES: Final = {"done": "done-step", "now": "now"}
_CURRENT: Final = mark_safe(' aria-current="step"')


def _event(event: Event) -> tuple[Text, ...]:
    return (
        _STATES.get(event.state, ""),
        _CURRENT if event.state == "now" else "",
        format_html(' datetime="{}"', event.iso) if event.iso else "",
        event.when,
        event.title,
        format_html(" · {}", event.note) if event.note else "",
        format_html(" {}", pill(event.pill, event.tone)) if event.pill else "",
    )


@register.inclusion_tag("components/steps.html")
def steps(current: int, total: int) -> dict[str, object]:
    """Where one is in a form of several pages."""
    return {"current": current, "total": total, "steps": [n <= current for n in range(1, total + 1)]}
