from django.urls import path

from simpul.web.cases.inbox import acts, views

app_name = "inbox"

urlpatterns = [
    path("pengaduan/", views.inbox, name="list"),
    path("pengaduan/<uuid:key>/", views.complaint, name="complaint"),
    path("pengaduan/<uuid:key>/jawab/", acts.answer, name="answer"),
    path("pengaduan/<uuid:key>/putuskan/", acts.decide, name="decide"),
    path("pengaduan/<uuid:key>/kasus/", acts.become, name="become"),
    path("pengaduan/<uuid:key>/tugaskan/", acts.assign, name="assign"),
    path("pengaduan/<uuid:key>/sembunyikan/", acts.hide, name="hide"),
    path("pengaduan/<uuid:key>/ke-kelompok/", acts.down, name="down"),
    path("pengaduan/<uuid:key>/ke-atas/", acts.up, name="up"),
]
