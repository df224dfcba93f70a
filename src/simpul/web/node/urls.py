from django.urls import path

from simpul.web.node import views

app_name = "node"

urlpatterns = [path("simpul-ini/", views.change, name="change")]
