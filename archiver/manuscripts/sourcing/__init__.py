"""Which source is meant by each quotation: by its place, its notes, its keys."""
