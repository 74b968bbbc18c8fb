"""Put together what stands beside the page: one list of routes, one of what every request goes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from dashboard.service.headers import add_headers
from dashboard.service.health import say_live, say_ready
from dashboard.service.hosts import refuse_hosts
from dashboard.service.log import log_event, start_log
from dashboard.service.requests import log_requests


def list_routes() -> list[BaseRoute]:
    """Give the addresses that are ours."""
    return [Route("/healthz", say_live), Route("/readyz", say_ready)]


def list_middleware() -> list[Middleware]:
    """Give what every request goes through, the outermost first: refusals bear the headers too."""
    return [Middleware(log_requests), Middleware(add_headers), Middleware(refuse_hosts)]


@asynccontextmanager
async def run_beside(app: st.App) -> AsyncIterator[None]:
    """Run what begins and ends with the server."""
    start_log()
    log_event("start")
    yield
    log_event("stop")
