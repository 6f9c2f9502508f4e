"""Doors of the people context."""

from accord.people.views._sign_in import sign_in, sign_out, take_demo_role

__all__ = ["sign_in", "sign_out", "take_demo_role"]
