"""``archiver serve``."""
