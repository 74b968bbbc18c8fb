"""The components of ours: each is the scripts and styles of one folder, behind the few functions that all share.

They reach the browser as one script and one style. What they put into the page they put as text only.
"""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_HOME = Path(__file__).parent
_SHARED = _HOME / "elements"


def make_component(
    name: str, folder: str, *, only: str = "*", maker: str | None = None, style: str = ""
) -> ComponentRenderer:
    """Define the component `name` by the scripts `only` and all styles of a `folder` of the page, in their order.

    `maker` is a script that makes elements in place of the shared one; `style` stands after the folder's own.
    """
    add = _read(_SHARED, "add.js") if maker is None else maker
    script = "\n".join([_read(_SHARED, "mount.js"), add, _read(_HOME / folder, f"{only}.js")])
    css = "\n".join([_read(_SHARED, "theme.css"), _read(_HOME / folder, "*.css"), style])
    return st.components.v2.component(name, js=script, css=css)


def _read(folder: Path, which: str) -> str:
    """Give the text of the files of a folder that are called so, in the order of their names."""
    return "\n".join(part.read_text("utf-8") for part in sorted(folder.glob(which)))
