"""How fast boards are with a million records, beside the bare SQL of the same figures."""
