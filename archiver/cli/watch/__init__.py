"""``archiver watch``, and what is below it."""
