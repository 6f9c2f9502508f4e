"""Agreements, their parties and their promises: the reference context."""
