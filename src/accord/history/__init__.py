"""What happened to every record: who, what, old and new; sealed, so that a change of the past is found."""
