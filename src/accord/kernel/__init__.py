"""What every floor stands on: refusals, clock, bilingual text, access, measures' form, jobs."""
