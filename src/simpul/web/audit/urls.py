from django.urls import path

from simpul.web.audit import views

app_name = "audit"

urlpatterns = [path("audit/", views.acts, name="acts")]
