"""The page as someone without its page would talk to it: a bare connection that says what it likes."""

import socket
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 60


class RawPage:
    """One session: `told` is every byte that came, `texts` what the last run drew as text, `buttons` their ids."""

    def __init__(self, url, *, host="", origin="", cookies=None, headers=None):
        port = urlsplit(url).port
        cookies = cookies or {}
        sent = dict(headers or {})
        if cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.told, self.texts, self.buttons = b"", [], {}
        self.way = connect(
            f"ws://{host or 'localhost'}:{port}/_stcore/stream", sock=socket.create_connection(("127.0.0.1", port)),
            origin=origin or url, subprotocols=["streamlit", cookies.get("_streamlit_xsrf", "none")],
            additional_headers=sent, max_size=None, proxy=None,
        )  # fmt: skip

    def __enter__(self):
        self.socket = self.way.__enter__()
        return self

    def __exit__(self, *error):
        self.way.__exit__(*error)

    def run(self, *pressed):
        """Run the page once, with buttons pressed, and give what it drew as text."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        for key in pressed:
            message.rerun_script.widget_states.widgets.add(id=self.buttons[key], trigger_value=True)
        self.socket.send(message.SerializeToString())
        self.texts = []
        while True:
            piece = self.socket.recv(PATIENCE)
            self.told += piece
            said = ForwardMsg.FromString(piece)
            element = said.delta.new_element
            if element.HasField("text"):
                self.texts.append(element.text.body)
            if element.HasField("button"):
                self.buttons[element.button.label] = element.button.id
            if said.HasField("script_finished"):
                return "\n".join(self.texts)
