from django.urls import path

from simpul.web.organisations.views import directory, networks, profiles, programmes, relations

app_name = "organisations"

urlpatterns = [
    path("jejaring/", directory.directory, name="directory"),
    path("jejaring/<uuid:organisation_id>/", profiles.profile, name="profile"),
    path("jejaring/<uuid:organisation_id>/kiprah/", profiles.work, name="work"),
    path("jejaring/<uuid:organisation_id>/anggota/", networks.members, name="members"),
    path("jejaring/<uuid:organisation_id>/hubungan/", relations.relations, name="relations"),
    path("jejaring/<uuid:organisation_id>/jarak/", relations.between, name="between"),
    path("keanggotaan/<uuid:membership_id>/", networks.membership, name="membership"),
    path("program/<uuid:programme_id>/", programmes.programme, name="programme"),
]
