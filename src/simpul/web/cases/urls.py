"""Each part of these pages keeps its own addresses, and a name of its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("simpul.web.cases.care.urls")),
    path("", include("simpul.web.cases.closing.urls")),
    path("", include("simpul.web.cases.complaint.urls")),
    path("", include("simpul.web.cases.desk.urls")),
    path("", include("simpul.web.cases.exports.urls")),
    path("", include("simpul.web.cases.inbox.urls")),
    path("", include("simpul.web.cases.owncounts.urls")),
    path("", include("simpul.web.cases.referral.urls")),
    path("", include("simpul.web.cases.rights.urls")),
    path("", include("simpul.web.cases.supervision.urls")),
    path("", include("simpul.web.cases.tickets.urls")),
    path("", include("simpul.web.cases.rules.urls")),
    path("", include("simpul.web.cases.transfer.urls")),
    path("", include("simpul.web.cases.unsent.urls")),
]
