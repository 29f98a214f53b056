"""``archiver recheck``."""
