from django.urls import path

from simpul.web.people import views

app_name = "people"

urlpatterns = [
    path("orang/", views.people, name="people"),
    path("orang/<uuid:person_id>/", views.person, name="person"),
    path("orang/<uuid:person_id>/ubah/", views.change, name="change"),
    path("orang/<uuid:person_id>/kontak/", views.contacts, name="contacts"),
]
