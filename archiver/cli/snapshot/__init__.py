"""``archiver snapshot``."""
