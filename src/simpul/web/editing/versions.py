"""Two who write at once: what each wrote, side by side, and a choice for every field. Nothing typed is lost.

A form carries, hidden, what its writer saw. Only what they changed is sent to the service. When somebody else was
faster, every field either of them changed is shown: both versions where both changed it, with a choice; one where only
one did, which stays.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, Self, cast

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString

from simpul.kernel.errors import Conflict, Invalid
from simpul.web.accounts.forms import refuse
from simpul.web.components import Text
from simpul.web.editing.fields import in_two, out_of_two, words_of

SEEN: Final = "dilihat"  # prefix of the hidden fields with what was seen
CHOICE: Final = "pilih-"  # prefix of the choice for a field
THEIRS: Final = "punyanya"
MINE: Final = "punyaku"


class VersionedForm(forms.Form):
    """Subclasses say how a row becomes values the service takes (`values_of`), and how the fields become them."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    names: ClassVar[tuple[str, ...]] = ()  # one field, one value
    two: ClassVar[tuple[str, ...]] = ()  # a text in two languages: its fields are `name` and `name_en`

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        """Name -> value of the row, as `values` would give it."""
        texts = {name: dict(text) if (text := getattr(row, name)) else None for name in cls.two}
        return {**{name: getattr(row, name) for name in cls.names}, **texts}

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """Field -> value of the row."""
        texts = {key: words for name in cls.two for key, words in out_of_two(getattr(row, name), name).items()}
        return {"version": row.version, **{name: getattr(row, name) for name in cls.names}, **texts}

    @classmethod
    def of(cls, row: Any, data: QueryDict | None = None, **options: Any) -> Self:
        return cls(data, initial=cls.initial_of(row), **options)

    def values(self) -> dict[str, Any]:
        """Name -> value as the service takes it. After is_valid()."""
        texts = {name: in_two(self.cleaned_data, name) for name in self.two}
        return {**{name: self.cleaned_data[name] for name in self.names}, **texts}

    def seen(self, row: Any, **options: Any) -> list[SafeString]:
        """Hidden inputs that say what the writer of this form saw: what was sent with it, else the row as it is."""
        then = type(self)(self.data if self.is_bound else None, initial=self.initial_of(row), prefix=SEEN, **options)
        return [bound.as_hidden() for bound in then if bound.name != "version"]

    def changes(self, **options: Any) -> dict[str, Any]:
        """What its writer changed, less the fields for which they chose the other's version."""
        then, mine = self.before(**options), self.values()
        kept = {name: value for name, value in mine.items() if not self.gave_up(name)}
        changed = {n: v for n, v in kept.items() if n not in then or not same(then[n], v)}
        return {n: _in_order(v, then.get(n)) for n, v in changed.items()}

    def gave_up(self, name: str) -> bool:
        """Whether its writer chose the other's version of this field."""
        return bool(self.data.get(f"{CHOICE}{name}") == THEIRS)

    def before(self, **options: Any) -> dict[str, Any]:
        """What its writer saw; {} where the form does not say."""
        data = cast("QueryDict", self.data).copy()
        data[f"{SEEN}-version"] = "0"
        then = type(self)(data, prefix=SEEN, **options)
        return then.values() if then.is_valid() else {}

    def label(self, name: str) -> Text:
        return self.fields[name].label or name

    def labels(self, name: str) -> dict[str, str]:
        """Code -> words of the choices of a field."""
        field = self.fields.get(name)
        choices: Iterable[Any] = getattr(field, "choices", ())
        return {str(code): str(words) for code, words in choices}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that at least one of the two changed. `who`: both, and there is a choice; or the one who did."""

    name: str
    label: Text
    mine: str
    theirs: str
    who: Literal["both", "mine", "theirs"]


def same(one: Any, other: Any) -> bool:
    """Nothing is nothing, however it is written; of codes only which there are, for a form can't say their order."""
    if isinstance(one, (bool, int)) or isinstance(other, (bool, int)):
        return bool(one == other)
    if _codes(one) and _codes(other):
        return set(one) == set(other)
    return (one or None) == (other or None)


def _codes(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _in_order(value: Any, before: Any) -> Any:
    """Codes in the order they had, the new ones after them."""
    if not (_codes(value) and _codes(before)):
        return value
    return [*(c for c in before if c in value), *(c for c in value if c not in before)]


def differences(form: VersionedForm, stored: Mapping[str, Any], **options: Any) -> list[Difference]:
    """Field by field, what the writer of `form` wrote and what is stored now."""
    then = form.before(**options)
    # What was given up on an earlier page is no longer theirs to lose.
    mine = {n: then.get(n, v) if form.gave_up(n) else v for n, v in form.values().items()}
    found = []
    for name, value in mine.items():
        before, theirs = then.get(name, value), stored[name]
        by_me, by_them = not same(before, value), not same(before, theirs)
        if not (by_me or by_them) or same(value, theirs):
            continue
        who: Literal["both", "mine", "theirs"] = "both" if by_me and by_them else "mine" if by_me else "theirs"
        labels = form.labels(name)
        words = words_of(value, labels), words_of(theirs, labels)
        found.append(Difference(name, form.label(name), *words, who))
    return found


def typed(data: QueryDict) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again: less the token, the version, and what was seen.

    Earlier choices stay; a later one of the same name is what counts.
    """
    dropped = ("csrfmiddlewaretoken", "version")
    kept = ((name, values) for name, values in data.lists() if name not in dropped)
    return [(name, value) for name, values in kept if not name.startswith(f"{SEEN}-") for value in values]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the page of two versions needs."""

    differences: list[Difference]
    typed: list[tuple[str, str]]
    seen: list[SafeString]
    version: int


def save(
    form: VersionedForm, fresh: Callable[[], Any], write: Callable[[dict[str, Any], int], object], **options: Any
) -> Meeting | None:
    """Write what changed; a Meeting where somebody was faster. What is refused stands in the form's errors.

    `fresh` reads the row as it is now, `write` takes the changes and the version that was seen.
    """
    changes = form.changes(**options)
    try:
        if changes:
            write(changes, form.cleaned_data["version"])
    except Invalid as refusal:
        refuse(form, refusal)
    except Conflict as conflict:
        if conflict.code == "edited_meanwhile":
            return _meeting(form, fresh(), **options)
        refuse(form, conflict)
    return None


def _meeting(form: VersionedForm, row: Any, **options: Any) -> Meeting:
    unbound = type(form)(initial=form.initial_of(row), **options)
    found = differences(form, form.values_of(row), **options)
    return Meeting(found, typed(cast("QueryDict", form.data)), unbound.seen(row, **options), row.version)
