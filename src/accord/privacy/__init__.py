"""What is owed to the people whose data Accord keeps: consent, copies, erasure, and the registers of it."""
