from django.urls import path, re_path

from simpul.web.places import areas

app_name = "places"

urlpatterns = [
    path("wilayah/", areas.country, name="country"),
    # Only what has the shape of a code: the words after /wilayah/ are other pages'.
    re_path(r"^wilayah/(?P<code>\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?)/$", areas.area_page, name="area"),
]
