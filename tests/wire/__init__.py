"""Make wires of any number of articles with known incidents, for measuring: `python -m wire FOLDER ARTICLES`."""
