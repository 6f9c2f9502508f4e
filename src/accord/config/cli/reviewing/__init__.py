"""Assigns reviewers for `accord assign`: tables in; pairs, proof and reasons out."""

from accord.config.cli.reviewing._answer import answer
from accord.config.cli.reviewing._asked import Asked

__all__ = ["Asked", "answer"]
