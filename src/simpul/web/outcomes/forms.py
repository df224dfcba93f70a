"""What is asked after an event, of who organises it and of who was there."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.asking import LONGEST, QUESTIONS, RATINGS, USUAL, Answering, Asked
from simpul.activities.models import Measure, Minutes
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField
from simpul.web.outcomes.faces import MOUTHS

CODE: Final = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
NUMBER: Final = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("Sixteen letters and digits, on the slip of paper or in the mail."),
        widget=forms.TextInput(attrs=CODE),
    )


class AnswerForm(forms.Form):
    """The questions of one event; every one may be left out."""

    def __init__(self, *args: Any, questions: Sequence[Asked], **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = questions
        for asked in questions:
            self.fields[asked.key] = self._field(asked)

    @staticmethod
    def _field(asked: Asked) -> forms.Field:
        if asked.answering is Answering.TEXT:
            hint = _("Write no names, and nothing by which you would be known.")
            return forms.CharField(
                label=str(asked.words), required=False, max_length=LONGEST, help_text=hint,
                widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            )  # fmt: skip
        return forms.ChoiceField(
            label=str(asked.words), required=False, widget=forms.RadioSelect, choices=list(asked.choices.items())
        )

    def rows(self) -> list[tuple[Asked, forms.BoundField, list[tuple[Any, str]]]]:
        """Each question with its field, and the faces where it is answered by one."""
        made = []
        for asked in self.questions:
            bound = self[asked.key]
            rated = asked.answering is Answering.RATING
            faces = [(radio, MOUTHS[code]) for radio, code in zip(bound, RATINGS, strict=True)] if rated else []
            made.append((asked, bound, faces))
        return made


class FeedbackOpenForm(forms.Form):
    questions = forms.MultipleChoiceField(
        label=_("What do you want to know?"),
        choices=[(asked.key, asked.words) for asked in QUESTIONS],
        widget=forms.CheckboxSelectMultiple,
        initial=USUAL,
        help_text=_("At most eight; five are answered by more people than eight."),
    )
    days = forms.IntegerField(
        label=_("For how many days?"), min_value=1, max_value=60, initial=14, widget=forms.TextInput(attrs=NUMBER)
    )


class CertificateRuleForm(forms.Form):
    measure = forms.ChoiceField(
        label=_("What counts?"), choices=Measure.choices, widget=forms.RadioSelect, initial=Measure.SESSIONS
    )
    least = forms.IntegerField(
        label=_("At least how many?"), min_value=1, initial=1, widget=forms.TextInput(attrs=NUMBER)
    )
    signer = forms.CharField(
        label=_("Who signs it?"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    signer_position = forms.CharField(label=_("In which office?"), max_length=120, required=False)


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("The right name"),
        max_length=160,
        help_text=_("As it is to be printed: in any script, with titles if they want them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=200)


class VerdictForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the certificate"), max_length=40, help_text=_("Beside the QR code, as in K7Q2-…"),
        widget=forms.TextInput(attrs=CODE),
    )  # fmt: skip


class PasteForm(forms.Form):
    lines = forms.CharField(
        label=_("Names and points"),
        max_length=60_000,
        help_text=_("Copied from Excel: the name, the points before, the points after. One line for each."),
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
    )

    def cells(self) -> list[list[str]]:
        """Columns parted by tabs, or else by semicolons; commas stand within numbers and names."""
        made = []
        for line in self.cleaned_data["lines"].splitlines():
            between = "\t" if "\t" in line else ";"
            cells = [cell.strip().strip('"') for cell in line.split(between)]
            if any(cells):
                made.append(cells)
        return made


class ActionForm(forms.Form):
    """`owners` are key -> words: organisations that may have promised it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What is to be done?"), max_length=300, help_text=_("One thing, so that one can say when it is done."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Whose is it?"), required=False)
    owner_name = forms.CharField(
        label=_("Or somebody by name"), max_length=160, required=False,
        help_text=_("For somebody who does not use Simpul. You follow it for them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    due_on = DayField(label=_("Until when?"))

    def __init__(self, *args: Any, owners: Iterable[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "owner", owners)


class ActionChangeForm(forms.Form):
    words = forms.CharField(label=_("What is to be done?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = DayField(label=_("Until when?"))
    seen = forms.IntegerField(widget=forms.HiddenInput)


class FinishForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A sentence for the next meeting. No names of people in trouble."),
    )  # fmt: skip


class MinutesForm(forms.Form):
    """Lists are a line for each: a decision; "name; office" of somebody who signs."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("Number of the letter"), max_length=60, required=False, help_text=_("As your organisation counts them.")
    )
    led_by = forms.CharField(label=_("Who led it?"), max_length=160, required=False)
    written_by = forms.CharField(label=_("Who wrote the minutes?"), max_length=160, required=False)
    agenda = forms.CharField(label=_("What was it about?"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    discussion = forms.CharField(
        label=_("What was said?"), required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What matters later. Nothing about a single case, and no names of people in trouble."),
    )  # fmt: skip
    decisions = forms.CharField(
        label=_("What was agreed?"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One agreement a line. What somebody is to do belongs to the action points."),
    )  # fmt: skip
    signers = forms.CharField(
        label=_("Who else signs the official record?"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: the name, a semicolon, the office."),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["decisions"] = given["decisions"].splitlines()
        pairs = [line.partition(";") for line in given["signers"].splitlines()]
        given["signers"] = [(name.strip(), office.strip()) for name, _between, office in pairs]
        return given

    @staticmethod
    def told(found: Minutes | None) -> dict[str, Any]:
        """What the form says at first."""
        if found is None:
            return {"seen": 0}
        signers = found.signers.open() if found.signers else []
        return {
            "seen": found.version,
            "number": found.number,
            "led_by": found.led_by.open() if found.led_by else "",
            "written_by": found.written_by.open() if found.written_by else "",
            "agenda": found.agenda,
            "discussion": found.discussion,
            "decisions": "\n".join(found.decisions),
            "signers": "\n".join(f"{name}; {office}" if office else name for name, office in signers),
        }
