"""Fixtures that more than one file of tests uses."""

import os

from browser import chromium, generated_tables, page, site, table_folder  # noqa: F401
from faults import runner  # noqa: F401
from hard_tables import stores_by_size  # noqa: F401
from postgres import log_address, server  # noqa: F401

# The log of whoever runs the tests is none of theirs.
for name in ("DATABASE_URL", "INCIDENT_CURATION"):
    os.environ.pop(name, None)
