"""``archiver show``."""
