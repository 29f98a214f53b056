"""``archiver log``, and what is below it."""
