from django.urls import path

from simpul.web.cases.rules import views

app_name = "deskrules"

urlpatterns = [
    path("kasus/aturan/", views.desks, name="list"),
    path("kasus/aturan/<uuid:organisation_id>/", views.desk, name="desk"),
    path("kasus/aturan/<uuid:organisation_id>/mediasi/", views.mediation, name="mediation"),
]
