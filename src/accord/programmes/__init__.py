"""Programmes: from an open call to a placement that counts, with a written reason for everybody.

It is no student record and no payroll: grades stay with the home institution, stipends are recorded, not paid.
"""
