"""Where every path leads; the composition of all rooms' routes."""

from django.urls import include, path

from accord.config import api, probes
from accord.people.urls import sign_in_patterns

urlpatterns = [
    path("", include((api.pages, "api-pages"))),
    path("api/v1/", api.api.urls),
    path("", include((api.beyond, "api-beyond"))),
    path("", include((probes.patterns, "probes"))),
    path("", include("accord.portal.urls")),
    path("", include("accord.demo.urls")),
    path("", include("accord.people.urls")),
    path("", include(sign_in_patterns)),
    path("", include("accord.config.cas.urls")),
    path("", include("accord.history.urls")),
    path("", include("accord.outbox.urls")),
    path("", include("accord.files.urls")),
    path("", include("accord.privacy.urls")),
    path("", include("accord.workspace.urls")),
    path("", include("accord.programmes.urls")),
    path("", include("accord.review.urls")),
    path("", include("accord.negotiation.urls")),  # before agreements and measures, whose addresses end in names
    path("", include("accord.agreements.urls")),  # before measures: /agreements/bring-in/ is no agreement's board
    path("", include("accord.measures.urls")),
    path("", include("accord.ui.urls")),
]
