"""A real OpenID provider for tests, and the settings of a page that lets people sign in at it."""

import json
import os
import secrets
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("oidc")
CLIENT = "incidents"
ACCOUNTS = {
    "ana": {"email": "ana@news.example", "email_verified": True, "name": "Ana Sari"},
    "ben": {"email": "ben@news.example", "email_verified": True, "name": "ana@news.example", "roles": ["reader"]},
    "eve": {"email": "Ana@News.Example", "email_verified": False, "name": "Ana Sari"},
    "dora": {"name": "Dora", "roles": ["reader", "curator"]},
}


class Provider:
    """Where people sign in: its address, and what a page needs to know of it."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.secret = secrets.token_hex(32)
        self.passwords = {name: secrets.token_hex(8) for name in ACCOUNTS}

    def write_secrets(self, path, *rest):
        """Write the secrets of a page; `rest` are lines of [curation]."""
        lines = [
            "[auth]", 'redirect_uri = "http://localhost:{port}/oauth2callback"', f'cookie_secret = "{self.secret}"',
            f'client_id = "{CLIENT}"', f'client_secret = "{self.secret}"',
            f'server_metadata_url = "http://localhost:{self.port}/.well-known/openid-configuration"',
            'client_kwargs = { prompt = "login" }', "[curation]", *rest, "",
        ]  # fmt: skip
        path.write_text("\n".join(lines), encoding="utf-8")

    @contextmanager
    def serve(self, *pages):
        """Let people sign in, to come back to one of `pages`."""
        node = shutil.which("node") or shutil.which("nodejs")
        if node is None or not (FOLDER / "node_modules" / "oidc-provider").is_dir():
            pytest.fail("the tests of signing in need Node.js and its packages: run `sh .ci/find-provider`")
        accounts = {n: {"password": self.passwords[n], "claims": claims} for n, claims in ACCOUNTS.items()}
        setup = {"port": self.port, "client": CLIENT, "secret": self.secret, "accounts": accounts,
                 "redirects": [f"{page}/oauth2callback" for page in pages]}  # fmt: skip
        environment = os.environ | {"OIDC_SETUP": json.dumps(setup)}
        server = subprocess.Popen([node, "provider.mjs"], cwd=FOLDER, env=environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
        try:
            assert server.stdout.readline().startswith("ready"), "the provider did not start"
            yield self
        finally:
            server.terminate()
            server.wait(60)

    def enter(self, window, name):
        """Sign in with the form of the provider that a window shows."""
        window.locator("input[name=login]").fill(name)
        window.locator("input[name=password]").fill(self.passwords[name])
        window.get_by_role("button", name="Enter").click()
