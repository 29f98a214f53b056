"""``archiver verify``, of archives and of packs."""
