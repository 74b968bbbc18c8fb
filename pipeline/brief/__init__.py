"""Files made from a view, to take along: what they hold is what the page shows."""
