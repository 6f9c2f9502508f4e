"""Addresses of the work space."""

from django.urls import URLPattern

app_name = "workspace"

# sites, buildings, floors, spaces
spaces: list[URLPattern] = []
# teams, their reports, graduates
teams: list[URLPattern] = []
# waiting list, tenancies, benefits
tenancies: list[URLPattern] = []
# booking, calendar, doors, closures
bookings: list[URLPattern] = []
# plans of who moves where
plans: list[URLPattern] = []
# mentors, services, events, announcements
care: list[URLPattern] = []
# criteria, utilisation
numbers: list[URLPattern] = []

urlpatterns = [*spaces, *teams, *tenancies, *bookings, *plans, *care, *numbers]
