"""What is asked on the pages of responses."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.activities.clusters import Cluster, SubCluster
from simpul.activities.models import ActivityStatus, NeedStatus, PartKind, ReportedNeed, ResponseActivity
from simpul.activities.reaching import FIELDS, Reached
from simpul.activities.response_drafts import LineDraft, NeedDraft
from simpul.kernel.actor import Actor
from simpul.web.editing.fields import DayField
from simpul.web.imports.recipes.naming import NameReader
from simpul.web.responses.fields import AmountField, OrganisationField, OrganisationsField, PeopleField
from simpul.web.territory.forms import AreaField

_ANY: Final = ("", pgettext_lazy("cluster", "All clusters"))
_PARTS: Final = (("implementers", PartKind.IMPLEMENTER), ("partners", PartKind.PARTNER), ("funders", PartKind.FUNDER))


def _cluster(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Cluster"), choices=[("", _("Choose a cluster")), *Cluster.choices], **options)


def _sub_cluster() -> forms.ChoiceField:
    """In groups by cluster, so that none is chosen that belongs to another."""
    groups = [
        (Cluster(c).label, [(s, w) for s, w in SubCluster.choices if s.startswith(f"{c}.")]) for c in Cluster.values
    ]
    choices = [("", _("None, or several")), *((label, held) for label, held in groups if held)]
    return forms.ChoiceField(label=_("Sub-cluster"), choices=choices, required=False)


class NarrowingForm(forms.Form):
    """Of a list, sent by GET; and of which day."""

    klaster = forms.ChoiceField(label=_("Cluster"), choices=[_ANY, *Cluster.choices], required=False)
    pada = DayField(label=_("As known on"), required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.full_clean()

    @property
    def day(self) -> date:
        """Never after today: nothing is known of it."""
        return min(self.cleaned_data.get("pada") or self.today, self.today)


class LinesForm(NarrowingForm):
    status = forms.ChoiceField(
        label=pgettext_lazy("activity", "Status"), choices=[("", _("Any")), *ActivityStatus.choices], required=False
    )


class ResponseForm(forms.Form):
    """A response; up to four areas, as the picker asks for one at a time."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    network = forms.ChoiceField(label=_("Which network leads it?"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name"), max_length=160, help_text=_("What happened, where and when: Flood in Lombok Timur 2025.")
    )
    valid_from = DayField(label=_("Since"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty while nobody knows."))
    area = AreaField(label=_("Area"), help_text=_("A village, a district, a regency or city, or a province."))
    area_2 = AreaField(label=_("A second area"), required=False)
    area_3 = AreaField(label=_("A third area"), required=False)
    area_4 = AreaField(label=_("A fourth area"), required=False)
    summary = forms.CharField(
        label=_("What happened"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    summary_en = forms.CharField(
        label=_("What happened, in English"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def areas(self) -> list[Any]:
        found = [self.cleaned_data.get(name) for name in ("area", "area_2", "area_3", "area_4")]
        return list({area.pk: area for area in found if area}.values())

    def until(self) -> date | None:
        """The first day after it."""
        last: date | None = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last else None


class LineForm(forms.Form):
    """One line of the 4W. `key` is the client's own id of the line or of the version, so that sending twice makes one.

    `seen` is the version that its writer looked at.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    lead = OrganisationField(
        label=_("Who answers for it?"),
        suggestions="lembaga",
        help_text=_("The organisation that leads this activity, by its name in the directory."),
    )
    implementers = OrganisationsField(label=_("Who does it, if somebody else"))
    partners = OrganisationsField(label=_("Partners"))
    funders = OrganisationsField(label=_("Who pays, if in the directory"))
    funder_words = forms.CharField(label=_("Who pays, in words"), max_length=200, required=False)
    cluster = _cluster()
    sub_cluster = _sub_cluster()
    activity = forms.CharField(
        label=_("Activity"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "kegiatan", "autocomplete": "off"}),
        help_text=_("Call the same thing by the same name: then it shows where two do the same."),
    )
    unit = forms.CharField(label=_("Counted in"), max_length=40, required=False, help_text=_("For example: packages."))
    planned = AmountField(label=_("Planned"))
    done = AmountField(label=_("Done so far"))
    area = AreaField(label=_("Area"), help_text=_("As small as you know: a village says more than a regency."))
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("A post, a school, a hamlet.")
    )
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    status = forms.ChoiceField(
        label=pgettext_lazy("activity", "Status"), choices=ActivityStatus.choices, widget=forms.RadioSelect
    )
    girls = PeopleField(label=_("Girls (0–17)"))
    boys = PeopleField(label=_("Boys (0–17)"))
    women = PeopleField(label=_("Women (18–59)"))
    men = PeopleField(label=_("Men (18–59)"))
    older_women = PeopleField(label=_("Older women (60+)"))
    older_men = PeopleField(label=_("Older men (60+)"))
    untold = PeopleField(label=_("Others, sex and age not told"))
    with_disability = PeopleField(
        label=_("Of all these, with a disability"),
        may_be_untold=True,
        help_text=_("Leave it empty where nobody asked; 0 says that there was none."),
    )
    as_of = DayField(label=_("These figures are of"), help_text=_("The day on which they were counted."))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody can read it: no names of people, no telephone numbers."),
    )

    SECTIONS: Final = (
        (pgettext_lazy("4w", "What"), ("cluster", "sub_cluster", "activity", "unit", "planned", "done")),
        (pgettext_lazy("4w", "Who"), ("lead", "implementers", "partners", "funders", "funder_words")),
        (pgettext_lazy("4w", "Where"), ("area", "place")),
        (pgettext_lazy("4w", "When"), ("status", "starts_on", "ends_on")),
        (pgettext_lazy("4w", "For whom"), FIELDS),
        (_("How sure"), ("as_of", "note")),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        reader = NameReader(actor)
        for field in self.fields.values():
            if isinstance(field, (OrganisationField, OrganisationsField)):
                field.reader = reader

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def draft(self) -> LineDraft:
        given = self.cleaned_data
        plain = ("lead", "cluster", "activity", "area", "status", "as_of", "sub_cluster", "unit", "planned", "done")
        more = ("place", "starts_on", "ends_on", "implementers", "partners", "funders", "funder_words", "note")
        return LineDraft(
            reached=Reached(**{cell: given[cell] for cell in FIELDS}), **{name: given[name] for name in (*plain, *more)}
        )

    @classmethod
    def initial_of(cls, row: ResponseActivity) -> dict[str, Any]:
        """What a version says; its parts as they are in sight."""
        plain = [name for name in cls.base_fields if name not in {"key", "seen", *(n for n, _k in _PARTS)}]
        parts: Iterable[Any] = getattr(row, "parts_in_sight", ())
        held = {name: [p.organisation for p in parts if p.kind == kind] for name, kind in _PARTS}
        return {**{name: getattr(row, name) for name in plain}, **held, "area": row.area_id, "seen": row.pk}


class NeedForm(forms.Form):
    """As `LineForm`."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    area = AreaField(label=_("Where is it needed?"), help_text=_("The village, if you can."))
    cluster = _cluster()
    sub_cluster = _sub_cluster()
    what = forms.CharField(label=_("What is needed?"), max_length=200, help_text=_("For example: clean water."))
    quantity = AmountField(label=_("How much"))
    unit = forms.CharField(label=_("Counted in"), max_length=40, required=False)
    people = PeopleField(label=_("For how many people"), may_be_untold=True)
    reported_by = OrganisationField(
        label=_("Which organisation reports it?"),
        suggestions="lembaga",
        required=False,
        help_text=_("By its name in the directory, such as your village group."),
    )
    reporter = forms.CharField(
        label=_("Or who, in words"),
        max_length=120,
        required=False,
        help_text=_("An office, such as the head of the hamlet. No names of people: everybody can read it."),
    )
    reported_on = DayField(label=_("Reported on"))
    status = forms.ChoiceField(
        label=pgettext_lazy("need", "Status"), choices=NeedStatus.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["reported_by"]
        assert isinstance(field, OrganisationField)
        field.reader = NameReader(actor)

    def draft(self) -> NeedDraft:
        return NeedDraft(**{name: value for name, value in self.cleaned_data.items() if name not in {"key", "seen"}})

    @classmethod
    def initial_of(cls, row: ReportedNeed) -> dict[str, Any]:
        plain = {name: getattr(row, name) for name in cls.base_fields if name not in {"key", "seen"}}
        return {**plain, "area": row.area_id, "seen": row.pk}


class WithdrawForm(forms.Form):
    seen = forms.UUIDField(widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """The network's report: what is said of all, and under three headings of each cluster."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    valid_from = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), help_text=_("The figures are those of this day."))
    author = forms.CharField(
        label=_("Who writes it"), max_length=120, help_text=_("As you sign: your name or your office.")
    )
    lead_words = forms.CharField(
        label=_("In short"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    HEADINGS: Final = (("progress", _("Progress")), ("problems", _("Problems")), ("proposals", _("Proposed solutions")))

    def __init__(self, *args: Any, clusters: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.clusters = ["", *clusters]
        for cluster in self.clusters:
            for code, label in self.HEADINGS:
                widget = forms.Textarea(attrs={"rows": 3})
                self.fields[f"{code}-{cluster or 'all'}"] = forms.CharField(
                    label=label, required=False, max_length=3_000, widget=widget
                )

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ("valid_from", "last_day", "author", "lead_words")]

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The three questions of each cluster, all together first."""
        return [
            (
                Cluster(cluster).label if cluster else _("The response as a whole"),
                [self[f"{code}-{cluster or 'all'}"] for code, _label in self.HEADINGS],
            )
            for cluster in self.clusters
        ]

    def said(self) -> dict[str, dict[str, str]]:
        return {
            cluster: {code: self.cleaned_data[f"{code}-{cluster or 'all'}"] for code, _label in self.HEADINGS}
            for cluster in self.clusters
        }

    def until(self) -> date:
        last: date = self.cleaned_data["last_day"]
        return last + timedelta(days=1)
