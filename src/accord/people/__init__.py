"""Institutions, persons, accounts and the roles granted to them."""
