"""A whole bibliography with its archived copies: the same file, with fields added and every other byte as it was."""

from archiver.citing.into.adding import Added, add_archive_fields

__all__ = ["Added", "add_archive_fields"]
