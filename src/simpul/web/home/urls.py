from django.urls import path

from simpul.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("bahasa/", views.choose_language, name="language"),
    path("cara-menghitung/", views.counting, name="counting"),
    path("kerahasiaan/", views.confidentiality, name="confidentiality"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
]
