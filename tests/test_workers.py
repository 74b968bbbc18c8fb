"""Many articles: the same tables from one process, from workers and from a cluster, also where workers are killed."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial, reduce
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stories import make_article, make_reading, make_report

from pipeline.cache import open_blobs
from pipeline.crew import Crew, Done
from pipeline.incidents.merge import merge_reports
from pipeline.model import Article, Issue
from pipeline.readings import Lot, make_lots, read_lot, rescue
from tests.wire import write_wire

ROOT = Path(__file__).parent.parent
ARTICLES = 40
