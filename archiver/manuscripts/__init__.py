"""Papers, articles and reports: every quotation in them, and the source that is meant by it."""
