"""Where every path leads; the composition of all rooms' routes."""

from django.urls import include, path

urlpatterns = [
    path("", include("accord.portal.urls")),
    path("", include("accord.demo.urls")),
    path("", include("accord.people.urls")),
    path("", include("accord.agreements.urls")),  # before measures: /agreements/bring-in/ is no agreement's board
    path("", include("accord.measures.urls")),
    path("", include("accord.ui.urls")),
]
