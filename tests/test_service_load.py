"""Several readers at once: nothing fails; `make bench-service` says how long they wait."""

import pytest
from bench_service import late, middle, time_server, weigh_server
from browser import serve
from generate import write
from load_client import let_readers_in


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    with serve(write(tmp_path_factory.mktemp("load") / "tables", 300)) as address:
        yield address


def test_five_readers_at_once_see_no_error(url):
    load = let_readers_in(url, 5, 10, 1.0)
    assert load.errors == []
    assert len(load.opened) == 5 and load.heard > 5 * 100_000, "each was sent a whole page"
    assert weigh_server(url) > 100 and time_server(url) > 0.5


def test_a_page_that_breaks_is_counted(tmp_path):
    (tmp_path / "broken.py").write_text("raise ValueError('no')\n")
    with serve(tmp_path, str(tmp_path / "broken.py")) as address:
        load = let_readers_in(address, 2, 3, 1.0)
    assert load.errors and not load.changed


def test_the_last_twentieth_is_left_out():
    assert [late([1.0] * (100 - slow) + [9.0] * slow) for slow in (4, 6)] == [1.0, 9.0]
    assert (middle([]), late([])) == (0.0, 0.0)
