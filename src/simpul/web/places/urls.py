from django.urls import path, re_path

from simpul.web.places import areas, keeping, points

app_name = "places"

urlpatterns = [
    path("wilayah/", areas.country, name="country"),
    # Only what has the shape of a code: the words after /wilayah/ are other pages'.
    re_path(r"^wilayah/(?P<code>\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?)/$", areas.area_page, name="area"),
    path("layanan/", points.finder, name="finder"),
    path("layanan/tambah/", keeping.add, name="point-add"),
    path("layanan/<uuid:key>/", points.point, name="point"),
    path("layanan/<uuid:key>/ubah/", keeping.change, name="point-change"),
    path("layanan/<uuid:key>/periksa/", keeping.verify, name="point-verify"),
    path("layanan/<uuid:key>/tutup/", keeping.close, name="point-close"),
]
