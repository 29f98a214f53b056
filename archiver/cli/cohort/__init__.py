"""``archiver cohort``, and the tags of lists."""
