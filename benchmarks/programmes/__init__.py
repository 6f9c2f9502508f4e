"""Calls, lists, the reviewer's queue and the slate at many applications; a match published; a deadline."""
