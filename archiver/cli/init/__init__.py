"""``archiver init``."""
