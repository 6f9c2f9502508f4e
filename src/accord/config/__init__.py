"""Composition root: environment, settings, URLs, command line, database manager."""
