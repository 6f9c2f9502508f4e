"""Addresses of the work space."""

from django.urls import URLPattern, path

from accord.workspace import views

app_name = "workspace"

front: list[URLPattern] = [
    path("workspace/", views.sites, name="sites"),
    path("workspace/new/", views.open_site, name="open-site"),
    path("workspace/<slug:key>/", views.site, name="site"),
]
# sites, buildings, floors, spaces
spaces: list[URLPattern] = [
    path("workspace/<slug:site>/change/", views.change_site, name="change-site"),
    path("workspace/<slug:site>/buildings/new/", views.add_building, name="add-building"),
    path("workspace/<slug:site>/buildings/<slug:building>/change/", views.change_building, name="change-building"),
    path("workspace/<slug:site>/floors/", views.floors, name="floors"),
    path("workspace/<slug:site>/floors/new/", views.add_floor, name="add-floor"),
    path("workspace/<slug:site>/floors/<int:pk>/", views.floor, name="floor"),
    path("workspace/<slug:site>/floors/<int:pk>/change/", views.change_floor, name="change-floor"),
    path("workspace/<slug:site>/floors/<int:pk>/plan/", views.floor_plan, name="floor-plan"),
    path("workspace/<slug:site>/floors/<int:pk>/plan/drop/", views.drop_floor_plan, name="drop-floor-plan"),
    path("workspace/<slug:site>/floors/<int:pk>/open/", views.open_floor, name="open-floor"),
    path("workspace/<slug:site>/floors/<int:pk>/runs/<int:run>/close/", views.close_floor, name="close-floor"),
    path(
        "workspace/<slug:site>/floors/<int:pk>/runs/<int:run>/strike/", views.strike_floor_run, name="strike-floor-run"
    ),
    path("workspace/<slug:site>/spaces/", views.spaces, name="spaces"),
    path("workspace/<slug:site>/spaces/new/", views.add_space, name="add-space"),
    path("workspace/<slug:site>/spaces/bring-in/", views.bring_in_spaces, name="bring-in-spaces"),
    path("workspace/<slug:site>/spaces/template.<str:suffix>", views.spaces_template, name="spaces-template"),
    path("workspace/<slug:site>/spaces/<int:pk>/", views.space, name="space"),
    path("workspace/<slug:site>/spaces/<int:pk>/change/", views.change_space, name="change-space"),
    path("workspace/<slug:site>/spaces/<int:pk>/close/", views.close_space, name="close-space"),
    path("workspace/<slug:site>/booking-rules/", views.policies, name="policies"),
    path("workspace/<slug:site>/booking-rules/new/", views.add_policy, name="add-policy"),
    path("workspace/<slug:site>/booking-rules/<int:pk>/change/", views.change_policy, name="change-policy"),
]
# teams, their reports, graduates
teams: list[URLPattern] = [
    path("workspace/links/report/<str:token>/", views.report_by_link, name="report-by-link"),
    path("workspace/<slug:site>/teams/", views.teams, name="teams"),
    path("workspace/<slug:site>/teams/new/", views.new_team, name="team-new"),
    path("workspace/<slug:site>/teams/bring-in/", views.bring_in_teams, name="teams-bring-in"),
    path("workspace/<slug:site>/teams/bring-in/<slug:suffix>/", views.teams_template, name="teams-template"),
    path("workspace/<slug:site>/teams/<slug:key>/", views.team, name="team"),
    path("workspace/<slug:site>/teams/<slug:key>/reports/", views.team_reports, name="team-reports"),
    path("workspace/<slug:site>/teams/<slug:key>/change/", views.change_team, name="team-change"),
    path("workspace/<slug:site>/teams/<slug:key>/baseline/", views.baseline, name="team-baseline"),
    path("workspace/<slug:site>/teams/<slug:key>/people/new/", views.add_member, name="team-member-add"),
    path("workspace/<slug:site>/teams/<slug:key>/people/<int:pk>/end/", views.end_member, name="team-member-end"),
    path("workspace/<slug:site>/teams/<slug:key>/money/new/", views.add_funding, name="team-funding-new"),
    path(
        "workspace/<slug:site>/teams/<slug:key>/money/<int:pk>/strike/",
        views.strike_funding,
        name="team-funding-strike",
    ),
    path("workspace/<slug:site>/reports/", views.rounds, name="rounds"),
    path("workspace/<slug:site>/reports/ask/", views.open_round, name="round-open"),
    path("workspace/<slug:site>/reports/flagged/", views.flagged, name="flagged"),
    path("workspace/<slug:site>/reports/<int:pk>/", views.report, name="report"),
    path("workspace/<slug:site>/reports/<int:pk>/look/", views.look_at_report, name="report-look"),
    path("workspace/<slug:site>/reports/<int:pk>/ask/", views.ask_again, name="report-ask-again"),
    path("workspace/<slug:site>/reports/<int:pk>/strike/", views.strike_report, name="report-strike"),
    path("workspace/<slug:site>/reports/<slug:quarter>/", views.round_page, name="round"),
    path("workspace/<slug:site>/reports/<slug:quarter>/<slug:key>/", views.new_report, name="report-new"),
]
# waiting list, tenancies, benefits
tenancies: list[URLPattern] = [
    path("workspace/answer/<str:token>/", views.answer_by_link, name="answer-by-link"),
    path("workspace/<slug:site>/waiting/", views.waiting, name="waiting"),
    path("workspace/<slug:site>/waiting/<int:pk>/", views.application, name="application"),
    path("workspace/<slug:site>/waiting/<int:pk>/withdraw/", views.withdraw_application, name="withdraw-application"),
    path("workspace/<slug:site>/waiting/<int:pk>/refuse/", views.refuse_application, name="refuse-application"),
    path("workspace/<slug:site>/waiting/<int:pk>/priority/", views.set_priority, name="set-priority"),
    path("workspace/<slug:site>/waiting/<int:pk>/offer/", views.offer_space, name="offer-space"),
    path("workspace/<slug:site>/tenancies/", views.tenancies, name="tenancies"),
    path("workspace/<slug:site>/tenancies/ends/", views.tenancy_ends, name="tenancy-ends"),
    path("workspace/<slug:site>/tenancies/<int:pk>/", views.tenancy, name="tenancy"),
    path("workspace/<slug:site>/tenancies/<int:pk>/sign/", views.sign_tenancy, name="sign-tenancy"),
    path("workspace/<slug:site>/tenancies/<int:pk>/call-off/", views.call_off_offer, name="call-off-offer"),
    path("workspace/<slug:site>/tenancies/<int:pk>/deposit/", views.record_deposit, name="record-deposit"),
    path("workspace/<slug:site>/tenancies/<int:pk>/deposit/back/", views.return_deposit, name="return-deposit"),
    path("workspace/<slug:site>/tenancies/<int:pk>/move/", views.move_team, name="move-team"),
    path("workspace/<slug:site>/tenancies/<int:pk>/notice/", views.give_notice, name="give-notice"),
    path("workspace/<slug:site>/tenancies/<int:pk>/renew/", views.renew_tenancy, name="renew-tenancy"),
    path("workspace/<slug:site>/tenancies/<int:pk>/end/", views.end_tenancy, name="end-tenancy"),
    path("workspace/<slug:site>/benefits/", views.benefits, name="benefits"),
    path("workspace/<slug:site>/graduates/", views.graduates, name="graduates"),
    path("workspace/<slug:site>/teams/<slug:key>/space/", views.team_space, name="team-space"),
    path("workspace/<slug:site>/teams/<slug:key>/apply/", views.apply_for_space, name="apply-for-space"),
    path("workspace/<slug:site>/teams/<slug:key>/offers/<int:pk>/", views.answer_offer, name="answer-offer"),
    path("workspace/<slug:site>/teams/<slug:key>/benefits/", views.team_benefits, name="team-benefits"),
    path("workspace/<slug:site>/teams/<slug:key>/graduate/", views.graduate, name="graduate"),
    path("workspace/<slug:site>/teams/<slug:key>/graduate/strike/", views.strike_graduation, name="strike-graduation"),
    path("workspace/<slug:site>/teams/<slug:key>/fate/", views.graduate_fate, name="graduate-fate"),
]
# booking, calendar, doors, closures
bookings: list[URLPattern] = [
    path("workspace/<slug:key>/booking/", views.booking, name="booking"),
    path("workspace/<slug:key>/booking/find/", views.find_space, name="find-space"),
    path("workspace/<slug:key>/booking/spaces/<int:pk>/", views.booking_week, name="booking-week"),
    path("workspace/<slug:key>/booking/spaces/<int:pk>/book/", views.book, name="book"),
    path("workspace/<slug:key>/booking/spaces/<int:pk>/sign/", views.door_sign, name="door-sign"),
    path("workspace/<slug:key>/booking/mine/", views.bookings, name="bookings"),
    path("workspace/<slug:key>/booking/mine/call-off/", views.cancel_range, name="cancel-range"),
    path("workspace/<slug:key>/booking/calendar/", views.feed, name="feed"),
    path("workspace/<slug:key>/booking/calendar/revoke/", views.revoke_feed, name="revoke-feed"),
    path("workspace/<slug:key>/booking/requests/", views.requests, name="requests"),
    path("workspace/<slug:key>/booking/requests/<int:pk>/", views.settle_request, name="settle-request"),
    path("workspace/<slug:key>/booking/closures/", views.closures, name="closures"),
    path("workspace/<slug:key>/booking/closures/new/", views.close, name="close"),
    path("workspace/<slug:key>/booking/closures/<int:pk>/", views.closure, name="closure"),
    path("workspace/<slug:key>/booking/closures/<int:pk>/lift/", views.lift_closure, name="lift-closure"),
    path("workspace/<slug:key>/booking/walls/", views.walls, name="walls"),
    path("workspace/<slug:key>/booking/walls/<int:pk>/revoke/", views.revoke_wall, name="revoke-wall"),
    path("workspace/<slug:key>/booking/<int:pk>/", views.one_booking, name="one-booking"),
    path("workspace/<slug:key>/booking/<int:pk>/dates/<int:date>/check-in/", views.check_in, name="check-in"),
    path(
        "workspace/<slug:key>/booking/<int:pk>/dates/<int:date>/call-off/", views.cancel_booking, name="cancel-booking"
    ),
    path("workspace/<slug:key>/booking/<int:pk>/dates/<int:date>/move/", views.change_booking, name="change-booking"),
    path("workspace/doors/<str:token>/", views.door, name="door"),
    path("workspace/feeds/<str:token>.ics", views.feed_file, name="feed-file"),
    path("workspace/links/wall/<str:token>/", views.wall, name="wall"),
]
# plans of who moves where
plans: list[URLPattern] = [
    path("workspace/<slug:key>/plans/", views.plans, name="plans"),
    path("workspace/<slug:key>/plans/make/", views.make_plan, name="make-plan"),
    path("workspace/<slug:key>/plans/<int:pk>/", views.plan, name="plan"),
    path("workspace/<slug:key>/plans/<int:pk>/publish/", views.publish_plan, name="publish-plan"),
    path("workspace/<slug:key>/plans/<int:pk>/drop/", views.drop_plan, name="drop-plan"),
    path("workspace/<slug:key>/plans/<int:pk>/teams/<slug:team>/", views.plan_team, name="plan-team"),
]
# mentors, services, events, announcements
care: list[URLPattern] = [
    path("workspace/<slug:site>/care/", views.care, name="care"),
    path("workspace/<slug:site>/mentors/", views.mentors, name="mentors"),
    path("workspace/<slug:site>/mentors/new/", views.appoint_mentor, name="appoint-mentor"),
    path("workspace/<slug:site>/mentors/<int:pk>/", views.mentor, name="mentor"),
    path("workspace/<slug:site>/mentors/<int:pk>/end/", views.end_mentor, name="end-mentor"),
    path("workspace/<slug:site>/mentors/<int:pk>/offer/", views.offer_hours, name="offer-hours"),
    path("workspace/<slug:site>/mentor-hours/", views.mentor_sessions, name="mentor-sessions"),
    path("workspace/<slug:site>/mentor-hours/<int:pk>/", views.mentor_session, name="mentor-session"),
    path("workspace/<slug:site>/mentor-hours/<int:pk>/take/", views.take_session, name="take-session"),
    path("workspace/<slug:site>/mentor-hours/<int:pk>/give-back/", views.give_back_session, name="give-back-session"),
    path("workspace/<slug:site>/mentor-hours/<int:pk>/settle/", views.settle_session, name="settle-session"),
    path("workspace/<slug:site>/mentor-hours/<int:pk>/cancel/", views.cancel_session, name="cancel-session"),
    path("workspace/<slug:site>/services/", views.services, name="services"),
    path("workspace/<slug:site>/services/new/", views.add_service, name="add-service"),
    path("workspace/<slug:site>/services/<int:pk>/change/", views.change_service, name="change-service"),
    path("workspace/<slug:site>/services/<int:pk>/record/", views.record_service, name="record-service"),
    path("workspace/<slug:site>/services/used/", views.service_uses, name="service-uses"),
    path("workspace/<slug:site>/services/used/<int:pk>/strike/", views.strike_service_use, name="strike-service-use"),
    path("workspace/<slug:site>/events/", views.events, name="events"),
    path("workspace/<slug:site>/events/new/", views.add_event, name="add-event"),
    path("workspace/<slug:site>/events/<int:pk>/", views.event, name="event"),
    path("workspace/<slug:site>/events/<int:pk>/change/", views.change_event, name="change-event"),
    path("workspace/<slug:site>/events/<int:pk>/call-off/", views.call_off_event, name="call-off-event"),
    path("workspace/<slug:site>/events/<int:pk>/sign-up/", views.sign_up, name="sign-up"),
    path("workspace/<slug:site>/events/<int:pk>/leave/", views.leave_event, name="leave-event"),
    path("workspace/<slug:site>/events/<int:pk>/came/", views.mark_came, name="mark-came"),
    path("workspace/<slug:site>/announcements/", views.announcements, name="announcements"),
    path("workspace/<slug:site>/announcements/new/", views.add_announcement, name="add-announcement"),
    path("workspace/<slug:site>/announcements/<int:pk>/change/", views.change_announcement, name="change-announcement"),
    path(
        "workspace/<slug:site>/announcements/<int:pk>/take-down/",
        views.take_down_announcement,
        name="take-down-announcement",
    ),
    path("workspace/<slug:site>/staff/", views.staff, name="staff"),
    path("workspace/<slug:site>/staff/new/", views.add_staff, name="add-staff"),
    path("workspace/<slug:site>/staff/<int:pk>/end/", views.end_staff, name="end-staff"),
    path("workspace/<slug:site>/staff/funds/new/", views.add_fund, name="add-fund"),
    path("workspace/<slug:site>/staff/funds/<int:pk>/end/", views.end_fund, name="end-fund"),
]
# criteria, utilisation
numbers: list[URLPattern] = [
    path("workspace/<slug:site>/criteria/", views.criteria, name="criteria"),
    path("workspace/<slug:site>/criteria/<slug:level>/<slug:code>/", views.criterion, name="criterion"),
    path("workspace/<slug:site>/utilisation/", views.utilisation, name="utilisation"),
]

urlpatterns = [*front, *spaces, *teams, *tenancies, *bookings, *plans, *care, *numbers]
