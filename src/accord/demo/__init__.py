"""The demo world, made through operations only."""
