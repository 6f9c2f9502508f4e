"""Calibrated scores, duels and affinities beside what else there is."""
