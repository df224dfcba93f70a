from django.urls import path

from simpul.web.deadlines import views

app_name = "deadlines"

urlpatterns = [path("tenggat/", views.rules, name="rules")]
