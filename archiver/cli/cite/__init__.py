"""``archiver cite``, also into a bibliography."""
