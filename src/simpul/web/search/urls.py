from django.urls import path

from simpul.web.search import views

app_name = "search"

urlpatterns = [path("cari/", views.find_page, name="find")]
