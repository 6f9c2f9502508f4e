"""Places people for `accord match`: tables in; placements, certificate and reasons out."""

from accord.config.cli.placing._answer import answer
from accord.config.cli.placing._asked import Asked

__all__ = ["Asked", "answer"]
