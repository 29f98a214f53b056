"""Readers of the formats that manuscripts have: each gives the same form, a `Manuscript`."""
