from django.urls import path

from simpul.web.cases.exports import views

app_name = "register"

urlpatterns = [
    path("kasus/keluaran/", views.listing, name="list"),
    path("kasus/keluaran/baru/", views.new, name="new"),
    path("kasus/keluaran/<uuid:export_id>/", views.one, name="one"),
    path("kasus/keluaran/<uuid:export_id>/ambil/", views.collect, name="collect"),
    path("kasus/keluaran/<uuid:export_id>/lanjut/", views.go_on, name="go-on"),
    path("kasus/keluaran/<uuid:export_id>/tarik/", views.recall, name="recall"),
]
