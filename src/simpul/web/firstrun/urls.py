from django.urls import path

from simpul.web.firstrun import views

app_name = "firstrun"

urlpatterns = [
    path("mulai/", views.begin, name="begin"),
    path("mulai/kode/", views.code, name="code"),
    path("mulai/periksa/", views.check, name="check"),
    path("mulai/selesai/", views.done, name="done"),
    path("mulai/<slug:step>/", views.question, name="question"),
    path("logo.png", views.logo, name="logo"),
]
