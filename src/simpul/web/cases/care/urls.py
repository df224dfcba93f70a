from django.urls import path

from simpul.web.cases.care import views

app_name = "care"

urlpatterns = [
    path("kabar-saya/", views.mine, name="mine"),
    path("ancaman/", views.threats, name="threats"),
    path("ancaman/<uuid:key>/", views.threat, name="threat"),
]
