"""Who did it, who says so, and who verified it."""
