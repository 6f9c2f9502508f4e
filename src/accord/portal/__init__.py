"""Home and what stands around every page."""
