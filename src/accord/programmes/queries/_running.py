"""For which agreements programmes are run in Accord."""

from accord.programmes.models import Programme


def runs_for(agreement: int) -> bool:
    """Say whether a programme delivers to the agreement, so that its places and people are counted from records."""
    return Programme.objects.filter(agreement=agreement).exists()
