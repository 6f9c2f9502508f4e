"""Routes of the measures context: boards, promises, evidence, catalogue, calibration, public pages."""

from django.urls import URLPattern, URLResolver, include, path

from accord.measures import views

app_name = "measures"
PROMISE: list[URLPattern | URLResolver] = [
    path("", views.promise, name="promise"),
    path("chart.<str:kind>", views.promise_chart, name="promise-chart"),
    path("records/", views.records, name="records"),
    path("counted/", views.counted, name="counted"),
    path("evidence/new/", views.record_evidence, name="record-evidence"),
    path("forecast/", views.override, name="override"),
    path("forecast/lift/", views.lift_override, name="lift-override"),
]
AGREEMENT: list[URLPattern | URLResolver] = [
    path("", views.board, name="board"),
    path("reciprocity/", views.reciprocity, name="reciprocity"),
    path("promises/<slug:promise>/", include(PROMISE)),
    path("records/<slug:kind>/<int:pk>/", views.to_record, name="record"),
    path("evidence/<int:pk>/", views.evidence, name="evidence"),
    path("evidence/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("evidence/<int:pk>/contest/", views.contest, name="contest"),
    path("evidence/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<slug:key>/", include(AGREEMENT)),
    path("measures/", views.catalogue, name="catalogue"),
    path("measures/<str:code>/", views.measure, name="measure"),
    path("calibration/", views.calibration, name="calibration"),
    path("public/<str:token>/", views.public_board, name="public-board"),
    path("badge/<str:token>.svg", views.badge, name="badge"),
]
