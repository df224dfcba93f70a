from django.urls import path

from simpul.web.cases.rules import deadlines, views

app_name = "deskrules"

urlpatterns = [
    path("kasus/aturan/", views.desks, name="list"),
    path("kasus/aturan/<uuid:organisation_id>/", views.desk, name="desk"),
    path("kasus/aturan/<uuid:organisation_id>/mediasi/", views.mediation, name="mediation"),
    path("kasus/aturan/<uuid:organisation_id>/tenggat/", deadlines.overview, name="deadlines"),
    path("kasus/aturan/<uuid:organisation_id>/tenggat/mengikat/", deadlines.binding, name="binding"),
    path("kasus/aturan/<uuid:organisation_id>/tenggat/<str:code>/", deadlines.standard, name="deadline"),
    path("kasus/aturan/<uuid:organisation_id>/tenggat/<str:code>/akhiri/", deadlines.end, name="deadline-end"),
]
