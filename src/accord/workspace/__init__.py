"""Shared work space and incubator: space, resident teams, tenancies, bookings, and what the zone is judged by.

It is no landlord's ledger and no door system: rents are recorded, not collected, and a door's code only says who came.
"""
