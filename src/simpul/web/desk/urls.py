from django.urls import path

from simpul.web.desk import views

app_name = "desk"

urlpatterns = [
    path("masih-aktif/", views.at_work, name="at-work"),
]
