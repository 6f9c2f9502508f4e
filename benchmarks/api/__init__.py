"""The API against bare Django views that run the same SQL."""
