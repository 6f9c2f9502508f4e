"""Chinese forms."""
