from django.urls import path

from simpul.web.gaya import views

app_name = "gaya"
urlpatterns = [
    path("gaya/", views.guide, name="guide"),
    path("gaya/ruang/<slug:room>/", views.room, name="room"),
]
