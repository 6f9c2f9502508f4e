"""For which agreements a work space is run in Accord."""

from accord.workspace.models import Site


def runs_for(agreement: int) -> bool:
    """Say whether a site delivers to the agreement, so that its teams and area are counted from records."""
    return Site.objects.filter(agreement=agreement).exists()
