from django.urls import path

from simpul.web.editing.views import members, names, places, profile, registering, standing, start, structure

app_name = "editing"

urlpatterns = [
    path("kelola/", start.home, name="home"),
    path("kelola/daftarkan/", registering.register, name="register"),
    path("kelola/kelompok-desa/", registering.village_group, name="village-group"),
    path("kelola/<uuid:key>/", start.organisation, name="organisation"),
    path("kelola/<uuid:key>/profil/<slug:part>/", profile.change, name="profile"),
    path("kelola/<uuid:key>/nama/", names.rename, name="rename"),
    path("kelola/<uuid:key>/nama/dulu/", names.former, name="former-name"),
    path("kelola/<uuid:key>/nama/<uuid:row>/betulkan/", names.correct, name="name-correct"),
    path("kelola/<uuid:key>/nama/<uuid:row>/hapus/", names.remove, name="name-remove"),
    path("kelola/<uuid:key>/susunan/", structure.structure, name="structure"),
    path("kelola/<uuid:key>/susunan/pengurus/", structure.board, name="board"),
    path("kelola/<uuid:key>/susunan/sk/", structure.decree, name="decree"),
    path("kelola/<uuid:key>/susunan/divisi/", structure.division, name="division"),
    path("kelola/<uuid:key>/susunan/divisi/<uuid:row>/akhiri/", structure.close_division, name="division-end"),
    path("kelola/<uuid:key>/terlihat/", profile.visibility, name="visibility"),
    path("kelola/<uuid:key>/wilayah/", places.places, name="places"),
    path("kelola/<uuid:key>/wilayah/tambah/", places.add, name="place-add"),
    path("kelola/<uuid:key>/wilayah/<uuid:row>/akhiri/", places.end, name="place-end"),
    path("kelola/<uuid:key>/aktif/", standing.active, name="active"),
    path("kelola/<uuid:key>/pernyataan/", standing.declarations, name="declarations"),
    path("kelola/<uuid:key>/aman/", standing.safety, name="safety"),
    path("kelola/<uuid:key>/anggota/", members.members, name="members"),
    path("kelola/<uuid:key>/anggota/terima/", members.admit, name="admit"),
    path("kelola/keanggotaan/<uuid:row>/akhiri/", members.end, name="membership-end"),
    path("kelola/keanggotaan/<uuid:row>/setuju/", members.agree, name="membership-agree"),
]
