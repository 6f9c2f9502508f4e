"""What the history costs: a write with it and without it, and how quickly a chain is sealed and verified."""
