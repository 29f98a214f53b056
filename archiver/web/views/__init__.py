"""One module a page: what it asks of `facts`, and the template that shows it."""
