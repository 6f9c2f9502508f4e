"""Tools of the people who work on Accord; nothing here is needed to run it."""
