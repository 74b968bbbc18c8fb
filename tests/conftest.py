"""Fixtures that more than one file of tests uses."""

from browser import chromium, generated_tables, page, site, table_folder  # noqa: F401
