"""Promised against delivered: evidence, board, forecast."""
