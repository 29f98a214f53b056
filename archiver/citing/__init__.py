"""Citations: a snapshot or a quotation in the form that a style or a program wants."""
