from django.urls import path

from simpul.web.cases.transfer import asking, deciding

app_name = "transfer"

# Plain addresses: none says of whom or of what.
urlpatterns = [
    path("pelimpahan/", deciding.waiting, name="list"),
    path("pelimpahan/baru/<uuid:case_id>/", asking.draft, name="draft"),
    path("pelimpahan/<uuid:key>/", asking.transfer, name="one"),
    path("pelimpahan/<uuid:key>/minta/", asking.ask, name="ask"),
    path("pelimpahan/<uuid:key>/tarik/", asking.revoke, name="revoke"),
    path("pelimpahan/<uuid:key>/jawab/", deciding.offer, name="offer"),
]
