"""Routes of the portal."""

from django.urls import path

from accord.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("waiting/", views.waiting, name="waiting"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("begin/<slug:act>/", views.which, name="which"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/retry/", views.retry_job, name="retry-job"),
    path("jobs/<int:pk>/set-aside/", views.set_job_aside, name="set-job-aside"),
    path("what-is-real/", views.what_is_real, name="what-is-real"),
    path("healthz", views.healthz, name="healthz"),
]
