"""Days and hours on the clock of a place."""

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from simpul.kernel.time import Zone
from simpul.web.editing.fields import DayField

ZONES: Final = [(zone.value, zone.name) for zone in Zone]


class HourField(forms.TimeField):
    """ "09:00"; a dot between is understood too, as Indonesia writes it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **options)


class MomentField(forms.DateTimeField):
    """A day and an hour in `zone`, which the form says before anything is read."""

    zone: Zone = Zone.WIB

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.zone.info):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone.info):
            found: datetime | None = super().to_python(value)
        return found


class TimesForm(forms.Form):
    """From when to when. The last day is asked for by itself: hardly any event has another than its first."""

    day = DayField(label=_("On which day?"))
    begins = HourField(label=_("Begins at"))
    ends = HourField(label=_("Ends at"))
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Only where it goes on for more than one day.")
    )
    zone = forms.ChoiceField(label=_("On whose clock?"), choices=ZONES, widget=forms.RadioSelect)

    def times(self) -> dict[str, datetime]:
        """`starts_at` and `ends_at`. After is_valid()."""
        given = self.cleaned_data
        zone = Zone(given["zone"])
        last = given.get("last_day") or given["day"]
        return {"starts_at": at(given["day"], given["begins"], zone), "ends_at": at(last, given["ends"], zone)}


def at(day: date, hour: time, zone: Zone) -> datetime:
    return datetime.combine(day, hour, zone.info)


def times_of(starts_at: datetime, ends_at: datetime, zone: Zone) -> dict[str, Any]:
    """The fields of a TimesForm that says this."""
    start, end = starts_at.astimezone(zone.info), ends_at.astimezone(zone.info)
    last = end.date() if end.date() != start.date() else None
    return {"day": start.date(), "begins": start.time(), "ends": end.time(), "last_day": last, "zone": zone.value}
