"""The forecast engine against the methods people use, on commitments whose end is known."""
