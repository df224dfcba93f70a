from django.urls import path

from simpul.web.cases.closing import views

app_name = "closing"

urlpatterns = [
    path("kasus/penutupan/", views.waiting, name="list"),
    path("kasus/penutupan/<uuid:request_id>/", views.closure, name="one"),
]
