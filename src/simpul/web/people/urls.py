from django.urls import path

from simpul.web.people.views import affiliations, consents, erasing, people

app_name = "people"

urlpatterns = [
    path("orang/", people.people, name="people"),
    path("orang/<uuid:person_id>/", people.person, name="person"),
    path("orang/<uuid:person_id>/ubah/", people.change, name="change"),
    path("orang/<uuid:person_id>/hapus/", erasing.erase, name="erase"),
    path("orang/<uuid:person_id>/kontak/", people.contacts, name="contacts"),
    path("orang/<uuid:person_id>/kedudukan/tambah/", affiliations.add, name="affiliate"),
    path("orang/kedudukan/<uuid:affiliation_id>/ubah/", affiliations.change, name="affiliation"),
    path("orang/kedudukan/<uuid:affiliation_id>/akhiri/", affiliations.end, name="affiliation-end"),
    path("orang/<uuid:person_id>/persetujuan/tambah/", consents.add, name="consent"),
    path("orang/persetujuan/<uuid:consent_id>/tarik/", consents.withdraw, name="consent-withdraw"),
]
