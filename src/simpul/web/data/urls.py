from django.urls import path

from simpul.web.data.views import proposals, public, sheets

app_name = "data"

urlpatterns = [
    path("data/kasus/", public.cases, name="cases"),
    path("data/kasus/cara/", public.method, name="method"),
    path("data/kasus/angka/<uuid:key>/", public.figure, name="figure"),
    path("data/kasus/terbitan/", public.releases, name="releases"),
    path("data/kasus/terbitan/<uuid:key>/", public.release, name="release"),
    path("data/kasus/terbitan/<uuid:key>/catatan/", proposals.annotate, name="annotate"),
    path("data/lembar/", sheets.sheets, name="sheets"),
    path("data/lembar/<str:code>/<str:period>.pdf", sheets.sheet, name="sheet"),
    path("data/rilis/", proposals.desk, name="proposals"),
    path("data/rilis/usulkan/", proposals.propose, name="propose"),
    path("data/rilis/<uuid:key>/", proposals.proposal, name="proposal"),
    path("data/rilis/<uuid:key>/pratinjau/", proposals.preview, name="preview"),
    path("data/rilis/<uuid:key>/setujui/", proposals.approve, name="approve"),
    path("data/rilis/<uuid:key>/tarik/", proposals.withdraw, name="withdraw"),
]
