"""Fixtures that more than one file of tests uses."""

from browser import chromium, generated_tables, page, site, table_folder  # noqa: F401
from postgres import log_address, server  # noqa: F401
