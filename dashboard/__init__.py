"""What the reader sees: one file a view, and the components they share. Nothing here reads an article."""
