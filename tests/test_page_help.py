"""Help and access: the codebook, the tour, the looks, what a screen reader meets, colours for every eye."""

import hashlib
import itertools
import re
from pathlib import Path

import pytest
from browser import CHART, await_drawn, serve
from generate import write
from streamlit.testing.v1 import AppTest

from dashboard.codebook_page import find_entries
from dashboard.palette import FAMILIES, find_contrast, read_rgb
from dashboard.tour import STEPS
from pipeline.brief.shading import RAMPS
from pipeline.tables.codes import CODES
from pipeline.tables.columns import INCIDENTS, PUBLISHED

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
PAGES = (
    "/?order=newest", "/numbers", "/review", "/sources", "/changes", "/spreadsheet", "/codebook", "/about",
)  # fmt: skip
LEAST_APART = 11  # of CIE Lab: below about 5 two patches beside each other look the same
# How the three kinds of colour blindness see linear RGB: Machado, Oliveira and Fernandes, 2009, in full strength.
BLIND = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
browser_test = pytest.mark.browser


def see_lab(colour, kind):
    """Give a colour in CIE Lab as a reader with a kind of colour blindness sees it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in read_rgb(colour))]
    r, g, b = (min(max(sum(m * v for m, v in zip(row, linear, strict=True)), 0), 1) for row in BLIND[kind])
    xyz = ((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, 0.2126 * r + 0.7152 * g + 0.0722 * b,
           (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)  # fmt: skip
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other, kind):
    """Give how far apart two colours look."""
    return sum((a - b) ** 2 for a, b in zip(see_lab(one, kind), see_lab(other, kind), strict=True)) ** 0.5


@pytest.mark.parametrize("kind", BLIND)
@pytest.mark.parametrize("dark", [False, True])
def test_families_of_incidents_differ_for_every_eye(dark, kind):
    near = {(a.key, b.key): distance(a.colour(dark), b.colour(dark), kind)
            for a, b in itertools.combinations(FAMILIES, 2)}  # fmt: skip
    pair = min(near, key=near.get)
    assert near[pair] >= LEAST_APART, f"{pair} look alike ({near[pair]:.0f}) with {kind}: change one in palette.py"


def test_families_stand_out_from_the_page():
    for family in FAMILIES:
        assert find_contrast(family.light, "#ffffff") >= 3, family.key
        assert find_contrast(family.dark, "#12181c") >= 3, family.key


@pytest.mark.parametrize("ramp", RAMPS.values())
def test_shades_of_provinces_hold_in_black_and_white(ramp):
    light = [see_lab(colour, "none")[0] for colour in ramp]
    steps = [b - a for a, b in itertools.pairwise(light)]
    assert all(abs(step) > 5 for step in steps) and len({step > 0 for step in steps}) == 1, light


def test_the_vendored_checks_are_the_ones_that_were_looked_at():
    seal = hashlib.sha256(AXE.read_bytes()).hexdigest()
    assert f"`{seal}`" in AXE.with_name("README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write(tmp_path_factory.mktemp("help"), 60)


@pytest.fixture(scope="module")
def site(folder):
    with serve(folder) as url:
        yield url


def codebook_of(app):
    return "\n".join(part.proto.body for part in app.get("html"))


def test_the_codebook_holds_every_column_and_code_and_can_be_searched():
    app = AppTest.from_string("from dashboard.codebook_page import draw_codebook\ndraw_codebook()", default_timeout=30)
    app.run()
    text = codebook_of(app)
    for table in PUBLISHED:
        part = text.split(f'id="table-{table.name}"')[1].split("<h2")[0]
        assert re.findall(r'<th scope="row"><code>(\w+)</code>', part) == [c.name for c in table.columns], table.name
    for name, codes in CODES.items():
        part = text.split(f'id="codes-{name}"')[1].split("<h2")[0]
        assert re.findall(r'<th scope="row"><code>(.+?)</code>', part) == [code.word for code in codes], name
    app.text_input(key="codebook_asked").set_value("province capital").run()
    assert 'id="codes-geo_precision"' in codebook_of(app)
    assert 'id="table-incidents"' not in codebook_of(app)
    assert app.query_params["q"] in ("province capital", ["province capital"])
    app.text_input(key="codebook_asked").set_value("zebra").run()
    assert "Take off a word" in app.info[0].value


def test_links_of_the_codebook_lead_somewhere():
    tables, lists = find_entries("")
    lists_named = {name for name, _ in lists}
    assert {c.codes for _, columns in tables for c in columns if c.codes} <= lists_named


def test_each_head_of_the_table_says_what_its_column_means():
    from dashboard.columns import COLUMNS  # noqa: PLC0415  only here

    for column in INCIDENTS.columns:
        assert column.about[1:] in COLUMNS[column.name].about
    assert all(len(column.about) > 10 for column in COLUMNS.values())


def test_the_look_for_a_wall_is_a_switch_and_stands_in_the_link(folder, monkeypatch):
    monkeypatch.setenv("INCIDENT_DATA", str(folder))
    app = AppTest.from_file("../app.py", default_timeout=60).run()
    assert not app.exception
    assert "strongest contrast" not in codebook_of(app)
    app.toggle(key="projector_help").set_value(True).run()
    assert app.query_params["theme"] in ("projector", ["projector"])
    assert "strongest contrast" in codebook_of(app)
    again = AppTest.from_file("../app.py", default_timeout=60)
    again.query_params["theme"] = "projector"
    again.run()
    assert again.toggle(key="projector_help").value is True
    again.toggle(key="projector_help").set_value(False).run()
    assert "theme" not in again.query_params


@browser_test
def test_the_tour_opens_once_goes_by_keys_and_can_be_asked_for(page, site):
    page.goto(f"{site}/codebook")
    page.evaluate("localStorage.setItem('incident-tour', 'no'); window.kept = true")
    page.add_init_script("localStorage.getItem('incident-tour') === 'no' && localStorage.removeItem('incident-tour')")
    page.goto(site)
    card = page.get_by_role("dialog", name=STEPS[0][0])
    card.wait_for()
    assert page.evaluate("document.querySelector('.st-key-tour') !== null")
    for title, *_ in STEPS[1:]:
        page.keyboard.press("ArrowRight")
        page.get_by_role("dialog", name=title).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").first.wait_for(state="hidden")
    page.reload()
    page.locator(".st-key-table .rows").wait_for()
    await_drawn(page)  # the tour is drawn after the table
    assert page.get_by_role("dialog").count() == 0, "the tour opened again"
    page.locator(".st-key-help button").first.click()
    page.get_by_role("button", name="Take the tour").click()
    page.get_by_role("dialog", name=STEPS[0][0]).wait_for()
    page.get_by_role("button", name="Close the tour").click()


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark", pytest.param("projector", marks=pytest.mark.soak)])
def test_no_page_has_a_serious_fault_and_none_asks_another_host(page, site, scheme):
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 1280, "height": 1000})
    faults = {}
    for path in PAGES:
        asks = f"{'&' if '?' in path else '?'}theme=projector" if scheme == "projector" else ""
        page.goto(site + path + asks)
        page.locator("h1").first.wait_for()
        if path.startswith("/?"):
            page.locator(".st-key-table .rows").wait_for()
            page.locator(".st-key-table .rows tbody tr").first.click()
            page.locator(".st-key-panel mark, .st-key-panel .mark").first.wait_for()
        await_drawn(page)
        assert path != "/numbers" or page.locator(f"{CHART} svg").count() >= 3, "the charts are not looked at"
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("""() => axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations
            .filter(v => ["serious", "critical"].includes(v.impact))
            .map(v => [v.id, v.nodes.slice(0, 4).map(n => n.target.flat().join(" ") + " | " +
                (n.any[0]?.message || ""))]))""")
        if found:
            faults[path] = found
    assert not faults, "\n".join(f"{path}: {rule}\n    " + "\n    ".join(nodes)
                                 for path, found in faults.items() for rule, nodes in found)  # fmt: skip


@browser_test
def test_headings_landmarks_and_focus_are_in_order(page, site):
    page.goto(f"{site}/?order=newest")
    page.locator(".st-key-table .rows").wait_for()
    await_drawn(page)
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
    assert levels and levels[0] == 1, levels
    assert page.locator("main, [role=main]").count() == 1
    assert page.locator("img:not([alt])").count() == 0
    page.locator(".st-key-copy-link button").first.focus()
    page.keyboard.press("Tab")
    ring = page.evaluate("""() => { let e = document.activeElement;
        while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        const s = getComputedStyle(e); return s.outlineStyle !== "none" || s.boxShadow !== "none"; }""")
    assert ring, "one does not see where the keyboard is"
