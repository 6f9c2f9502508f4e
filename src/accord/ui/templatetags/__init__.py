"""Template tags of the ui."""
