from django.urls import path

from simpul.web.cases.owncounts import views

app_name = "owncounts"

urlpatterns = [
    path("kasus/angka-kelompok/", views.groups, name="groups"),
    path("kasus/angka-kelompok/<uuid:organisation_id>/", views.page, name="page"),
    path("kasus/angka-kelompok/<uuid:organisation_id>/<int:year>.pdf", views.sheet, name="sheet"),
]
