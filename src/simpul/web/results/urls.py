from django.urls import path

from simpul.web.results import views

app_name = "results"

urlpatterns = [
    path("hasil/", views.index, name="index"),
    path("hasil/<str:code>/", views.figure, name="figure"),
]
