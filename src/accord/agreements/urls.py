"""Routes of the agreements context."""

from django.urls import path

from accord.agreements import views

app_name = "agreements"
urlpatterns = [
    path("agreements/bring-in/", views.bring_in, name="bring-in"),
    path("agreements/<slug:key>/text/", views.text, name="text"),
    path("agreements/<slug:key>/file/", views.export, name="file"),
    path("agreements/<slug:key>/publish/", views.publish, name="publish"),
    path("agreements/<slug:key>/end/", views.terminate, name="terminate"),
    path("agreements/<slug:key>/review/", views.set_review, name="set-review"),
    path("agreements/<slug:key>/engagements/", views.engagements, name="engagements"),
    path("agreements/<slug:key>/engagements/new/", views.record_engagement, name="record-engagement"),
    path("agreements/<slug:key>/engagements/<int:pk>/", views.engagement, name="engagement"),
    path("agreements/<slug:key>/engagements/<int:pk>/change/", views.change_engagement, name="change-engagement"),
    path("agreements/<slug:key>/engagements/<int:pk>/strike/", views.strike_engagement, name="strike-engagement"),
]
