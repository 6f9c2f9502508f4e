"""Doors of the people context."""

from accord.people.views import _pages as pages
from accord.people.views._account import account, account_settings, second_factor
from accord.people.views._affiliations import change_affiliation, end_affiliation, new_affiliation
from accord.people.views._bring_in import bring_in
from accord.people.views._bring_in import template as bring_in_template
from accord.people.views._delegations import act_as_oneself, act_for, end_standing_in, let_stand_in, standing_in
from accord.people.views._doors import arrival, departure
from accord.people.views._drafts import drop_draft, keep_draft
from accord.people.views._duplicates import duplicates, merge, merged, merges, undo_merge
from accord.people.views._grants import new_role, role, roles
from accord.people.views._institutions import change_institution, institution, institutions, new_institution
from accord.people.views._invitations import accept, invitation_sent, invitations, invite, revoke, send_again
from accord.people.views._links import check_details, links, revoke_link
from accord.people.views._newcomers import ask_for_account
from accord.people.views._people import change_person, new_person, people, person
from accord.people.views._rights import permissions, permissions_of
from accord.people.views._sessions import end_other_sessions, end_session, sessions
from accord.people.views._sign_in import how_to_join, sign_in, sign_out, take_demo_role
from accord.people.views._tokens import new_token, revoke_token, tokens
from accord.people.views._units import change_unit, close_unit, new_unit, reopen_unit
from accord.people.views._views import change_view, drop_view, save_view, views

__all__ = [
    "accept",
    "account",
    "account_settings",
    "act_as_oneself",
    "act_for",
    "arrival",
    "ask_for_account",
    "bring_in",
    "bring_in_template",
    "change_affiliation",
    "change_institution",
    "change_person",
    "change_unit",
    "change_view",
    "check_details",
    "close_unit",
    "departure",
    "drop_draft",
    "drop_view",
    "duplicates",
    "end_affiliation",
    "end_other_sessions",
    "end_session",
    "end_standing_in",
    "how_to_join",
    "institution",
    "institutions",
    "invitation_sent",
    "invitations",
    "invite",
    "keep_draft",
    "let_stand_in",
    "links",
    "merge",
    "merged",
    "merges",
    "new_affiliation",
    "new_institution",
    "new_person",
    "new_role",
    "new_token",
    "new_unit",
    "pages",
    "people",
    "permissions",
    "permissions_of",
    "person",
    "reopen_unit",
    "revoke",
    "revoke_link",
    "revoke_token",
    "role",
    "roles",
    "save_view",
    "second_factor",
    "send_again",
    "sessions",
    "sign_in",
    "sign_out",
    "standing_in",
    "take_demo_role",
    "tokens",
    "undo_merge",
    "views",
]
