"""Many readers at once without a browser: each speaks Streamlit's own protocol, reads, thinks, and changes a filter."""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120  # seconds for one answer, after which it counts as an error
FILTER = "-types"  # how the id of the filter ends that is changed


@dataclass
class Load:
    """What all readers saw: seconds until the page was drawn and until a changed filter was, bytes, and what failed."""

    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    heard: int = 0
    errors: list[str] = field(default_factory=list)


class Reader:
    """One session; it knows of the page what a browser would have to send back."""

    def __init__(self, way: ClientConnection, load: Load) -> None:
        """Take a connection that is open."""
        self.way, self.load = way, load
        self.link, self.options = "", []
        # What a browser holds of each widget: it sends all of them each time, whichever was changed.
        self.picked: dict[str, list[str]] = {}
        self.ticked: dict[str, bool] = {}

    async def run(self, chosen: list[str] | None = None) -> float:
        """Run the page, with a filter changed where one is `chosen`, and give the seconds until it is drawn."""
        message = BackMsg()
        message.rerun_script.query_string = self.link
        states = message.rerun_script.widget_states.widgets
        for name, words in self.picked.items():
            changed = chosen if chosen is not None and name.endswith(FILTER) else words
            states.add(id=name).string_array_value.data.extend(changed)
        for name, on in self.ticked.items():
            states.add(id=name, bool_value=on)
        started = time.perf_counter()
        await self.way.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self.hear(await self.way.recv()):
                pass
        return time.perf_counter() - started

    def hear(self, piece: bytes) -> bool:
        """Take in a message, and say whether the page is drawn."""
        self.load.heard += len(piece)
        said = ForwardMsg.FromString(piece)
        kind = said.WhichOneof("type")
        element = said.delta.new_element
        if kind == "page_info_changed":
            self.link = said.page_info_changed.query_string
        if kind == "delta" and element.WhichOneof("type") == "exception":
            self.load.errors.append("the page showed an error")
        if kind == "delta" and (box := element.multiselect).id:
            self.picked[box.id] = list(box.raw_values) if box.set_value else [box.options[one] for one in box.default]
            self.options = list(box.options) if box.id.endswith(FILTER) else self.options
        if kind == "delta" and (tick := element.checkbox).id:
            self.ticked[tick.id] = tick.value if tick.set_value else tick.default
        if kind == "script_finished" and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            if said.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                self.load.errors.append("the page did not come to its end")
            return True
        return False


async def read_page(url: str, load: Load, until: float, thinks: float, dice: random.Random) -> None:
    """Open the page, and change a filter again and again until the clock says `until`."""
    try:
        async with connect(f"ws{url[4:]}/_stcore/stream", origin=url, subprotocols=["streamlit", "none"],
                           max_size=None, proxy=None, open_timeout=PATIENCE, ping_timeout=PATIENCE) as way:  # fmt: skip
            reader = Reader(way, load)
            load.opened.append(await reader.run())
            while True:
                pause = dice.uniform(0.5, 1.5) * thinks
                if time.perf_counter() + pause >= until:
                    await asyncio.sleep(max(until - time.perf_counter(), 0))
                    return
                await asyncio.sleep(pause)
                if not reader.options:
                    raise RuntimeError("the page has no such filter")
                load.changed.append(await reader.run([dice.choice(reader.options)]))
    except Exception as error:
        load.errors.append(f"{type(error).__name__}: {str(error)[:120]}")


def let_readers_in(url: str, sessions: int, seconds: float, thinks: float) -> Load:
    """Let so many readers in, and give what they saw; in a thread of its own, as a browser may have one that loops."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(read_together(url, sessions, seconds, thinks))).result()


async def read_together(url: str, sessions: int, seconds: float, thinks: float, seed: int = 1) -> Load:
    """Let so many readers in, a second after each other or faster, and give what they saw."""
    load, dice = Load(), random.Random(seed)
    until = time.perf_counter() + seconds
    apart = min(seconds / 5 / sessions, 1.0)
    async with asyncio.TaskGroup() as group:
        for _ in range(sessions):
            group.create_task(read_page(url, load, until, thinks, random.Random(dice.random())))
            await asyncio.sleep(apart)
    return load
