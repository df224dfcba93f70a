"""What a coordinator sets of the group's deadlines: a standard of its own, its end, whether the law's hours bind it."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.deadlines.models import ClockRule
from simpul.deadlines.services.setting import RuleText
from simpul.deadlines.units import Anchor, Binding, Step, Unit
from simpul.web.cases.desk.forms.fields import SentOnce, boxes, line, radio, words
from simpul.web.editing.fields import DayField

TOLD: Final = (
    ("companion", _("The companions")),
    ("coordinator", _("The coordinator")),
    ("supervisor", _("The supervisor")),
)
UNITS: Final = tuple((unit.value, unit.label) for unit in (Unit.HOURS, Unit.WORKING_DAYS, Unit.CALENDAR_DAYS))
LATER: Final = 2  # steps after the one at the end of the time
MOST_HOURS: Final = 2_000


def _hours(label: Any, hint: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=1, max_value=MOST_HOURS, widget=widget
    )


class StandardForm(SentOnce):
    """The chain is asked as it is lived: before the end, at the end, and twice after it."""

    limit = forms.IntegerField(
        label=_("How long may it take?"),
        help_text=_("A number. 0 means at once."),
        min_value=0,
        max_value=3_660,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    unit = radio(
        _("Counted in"), UNITS, _("Working days leave out weekends and holidays; running hours go on day and night.")
    )
    basis = line(_("On what does it rest?"), 200, _("For example the number of a decree, or the minutes of a meeting."),
                 required=True)  # fmt: skip
    source = line(_("Where can it be read?"), 300, _("An address, a folder, the person who has it."))
    valid_from = DayField(label=_("From which day?"))
    may_pause = forms.BooleanField(label=_("It stands still while you wait for the person"), required=False)
    before = _hours(_("Warn how many hours before?"), _("May stay empty."))
    at_end = boxes(_("Who is told once the time is over?"), TOLD, required=True)
    hours_1 = _hours(_("And after how many more hours?"), _("May stay empty."))
    told_1 = boxes(_("Who is told then?"), TOLD)
    hours_2 = _hours(_("And after how many hours in all?"), _("May stay empty."))
    told_2 = boxes(_("And who then?"), TOLD)
    reason = words(_("Why, and who decided it?"), 3, required=True, most=300)

    def __init__(self, rule: ClockRule, *args: Any, **kwargs: Any) -> None:
        self.rule = rule
        kwargs["initial"] = {**_initial(rule), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for number in range(1, LATER + 1):
            if bool(told.get(f"hours_{number}")) != bool(told.get(f"told_{number}")):
                self.add_error(f"told_{number}", _("Write after how many hours, and choose who: both or neither."))
        return told

    def text(self) -> RuleText:
        """What the version says: never law, whatever was typed (R2)."""
        told, kept = self.cleaned_data, RuleText.of(self.rule)
        return RuleText(
            what=kept.what, hint=kept.hint, standing=kept.standing, binding=kept.binding, confirmed=kept.confirmed,
            unit=Unit(told["unit"]), limit=told["limit"], basis=told["basis"], source=told["source"], in_use=True,
            may_pause=told["may_pause"], steps=self._steps(told),
        )  # fmt: skip

    def _steps(self, told: dict[str, Any]) -> tuple[Step, ...]:
        found = [Step(0, Anchor.DUE, tuple(told["at_end"]))]
        if told["before"]:
            found.insert(0, Step(-told["before"], Anchor.DUE, tuple(told["at_end"])))
        later = [(told[f"hours_{number}"], told[f"told_{number}"]) for number in range(1, LATER + 1)]
        return (*found, *(Step(hours, Anchor.DUE, tuple(roles)) for hours, roles in later if hours))


class EndForm(SentOnce):
    valid_from = DayField(label=_("From which day?"))
    reason = words(_("Why, and who decided it?"), 3, required=True, most=300)


class BindingForm(SentOnce):
    binding = radio(_("Does it bind your group?"), Binding.choices)
    valid_from = DayField(label=_("From which day?"))
    reason = words(
        _("Who decided it, and why?"), 3, _("For example the advice of a lawyer, or the decision of a meeting."),
        required=True, most=300,
    )  # fmt: skip


def _initial(rule: ClockRule) -> dict[str, Any]:
    """The chain, put into the questions; a step the form doesn't ask about is left out."""
    after = [step for step in rule.chain if step.anchor == Anchor.DUE]
    later = sorted((step for step in after if step.hours > 0), key=lambda step: step.hours)[:LATER]
    in_all = rule.limit if rule.unit == Unit.HOURS else 24 * rule.limit  # nobody is warned before it has begun
    found: dict[str, Any] = {
        "limit": rule.limit, "unit": rule.unit, "basis": rule.basis, "source": rule.source, "may_pause": rule.may_pause,
        "before": next((-step.hours for step in after if -in_all < step.hours < 0), None),
        "at_end": next((list(step.roles) for step in after if step.hours == 0), ["coordinator"]),
    }  # fmt: skip
    for number, step in enumerate(later, start=1):
        found |= {f"hours_{number}": step.hours, f"told_{number}": list(step.roles)}
    return found
