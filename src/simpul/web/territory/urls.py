from django.urls import path

from simpul.web.territory import boundaries, crosswalks, holidays, searching

app_name = "territory"
urlpatterns = [
    path("wilayah/cari", searching.search, name="search"),
    path("wilayah/batas/indonesia.json", boundaries.shapes, name="country"),
    path("wilayah/batas/<slug:part>/<str:code>.json", boundaries.shapes, name="boundary"),
    path("wilayah/libur/", holidays.days_off, name="holidays"),
    path("wilayah/libur/tambah/", holidays.add, name="holiday-add"),
    path("wilayah/libur/<uuid:key>/cabut/", holidays.withdraw, name="holiday-withdraw"),
    path("wilayah/padanan/", crosswalks.changes, name="crosswalks"),
    path("wilayah/padanan/tambah/", crosswalks.add, name="crosswalk-add"),
    path("wilayah/padanan/<uuid:key>/betulkan/", crosswalks.correct, name="crosswalk-correct"),
    path("wilayah/padanan/<uuid:key>/cabut/", crosswalks.withdraw, name="crosswalk-withdraw"),
]
