"""Pages of the tests alone: a form with a picker, and maps, in the frame every page has."""

from django import forms
from django.http import HttpResponse
from django.urls import include, path

from simpul.web.http import Request
from simpul.web.territory.forms import AreaField
from simpul.web.territory.maps import Point, area_map
from tests.browser.layout import written


class Sample(forms.Form):
    title = forms.CharField(label="Judul")
    area = AreaField(label="Wilayah")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)


FORM = """{% extends "base/public.html" %}{% block content %}<div class="narrow">{% error_summary form %}
{% if chosen %}<p id="chosen">{{ chosen.code }} {{ title }}</p>{% endif %}
<form method="post" novalidate>{% csrf_token %}{% fields form %}<button class="btn">Kirim</button></form>
</div>{% endblock %}"""
MAPS = """{% extends "base/public.html" %}{% block content %}<h1>Peta</h1>
{% include "components/map.html" with map=map %}{% endblock %}"""


def picker(request: Request) -> HttpResponse:
    form = Sample(request.POST or None)
    chosen = form.cleaned_data["area"] if form.is_valid() else None
    return written(request, FORM, {"form": form, "chosen": chosen, "title": form.data.get("title", "")})


def maps(request: Request, level: str, within: str) -> HttpResponse:
    values = {f"52.{n:02d}": n * n for n in (1, 2, 3, 4, 6, 8)} | {"52.71": 0, "52.03.05": 3, "52.03.05.2008": 2}
    dot = Point(-8.65, 116.53, "Kantor contoh", "/wilayah/libur/")
    shown = area_map(
        "uji",
        caption="Organisasi menurut wilayah",
        level=level,  # type: ignore[arg-type]
        within=None if within == "semua" else within,
        values=values,
        unit="organisasi",
        href=lambda area: f"/wilayah/libur/?dari={area.code}",
        points=[dot],
    )
    return written(request, MAPS, {"map": shown})


urlpatterns = [
    path("uji/pemilih/", picker),
    path("uji/peta/<str:level>/<str:within>/", maps),
    path("", include("simpul.config.urls")),
]
