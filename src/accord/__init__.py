"""Accord runs the partnership: promises of signed agreements against what was delivered."""

__version__ = "0.1.0"
