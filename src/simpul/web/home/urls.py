from django.urls import path

from simpul.web.home import views

urlpatterns = [path("", views.home, name="home")]
