"""The archive as tools of a writing assistant (Model Context Protocol), so that it can be made to prove its quotations."""
