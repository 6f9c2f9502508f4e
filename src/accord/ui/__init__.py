"""Look and components of every page."""
