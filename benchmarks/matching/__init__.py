"""Matching against three Python packages, in one run on one core."""
