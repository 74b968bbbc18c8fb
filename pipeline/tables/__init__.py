"""The published tables: their columns and codes, how they are written, and how they are read again."""
