"""What a search costs among 100,000 names: through Accord, by the same SQL bare, and by a search without indexes."""
