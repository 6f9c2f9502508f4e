"""How Django writes and reads dates and numbers in each language."""
