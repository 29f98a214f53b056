"""``archiver check``, of rows and of manuscripts."""
