// The map as deck.gl draws it: ground, rings and bubbles, from the ground up. Names and counts lie over it as text of the page,
// which is sharper and knows every script; what is under the pointer is reckoned, not drawn a second time.

const rgb = (colour, alpha = 255) => [...[1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)), alpha];

class DeckMap {
  constructor(home, { moved, failed, ready }) {
    this.home = home;
    this.ground = new Ground();
    this.controller = { scrollZoom: { smooth: true }, dragRotate: false, touchRotate: false, keyboard: false };
    this.deck = new deck.Deck({
      parent: home,
      views: new deck.MapView({ repeat: true }),
      controller: this.controller,
      viewState: { longitude: 0, latitude: 0, zoom: 1 },
      layers: [],
      onViewStateChange: ({ viewState }) => moved(viewState),
      onError: failed,
      onAfterRender: ready,
      getCursor: () => "",
    });
  }

  draw(scene, view, size) {
    const layers = [...this.drawGround(view, size), ...this.drawRings(scene), ...this.drawBubbles(scene, view.zoom)];
    this.deck.setProps({ viewState: { ...view, pitch: 0, bearing: 0, minZoom: 0, maxZoom: 14 }, layers });
  }

  drawGround(view, size) {
    const colours = BOOK.colours[isDark() ? "dark" : "light"];
    const seen = this.ground.see(view, size);
    const lines = { widthUnits: "pixels", getSourcePosition: ([from]) => from, getTargetPosition: ([, to]) => to, positionFormat: "XY" };
    const { zoom } = view;
    return [
      new deck.SolidPolygonLayer({ id: "land", data: seen.land, getPolygon: (one) => one.rings, positionFormat: "XY", getFillColor: rgb(colours.land) }),
      new deck.LineLayer({ id: "provinces", data: seen.provinces, getColor: rgb(colours["province-border"]), getWidth: zoom > 6 ? 1.2 : 0.8, ...lines }),
      new deck.LineLayer({ id: "borders", data: seen.borders, getColor: rgb(colours["country-border"]), getWidth: zoom > 5 ? 1.6 : 1, ...lines }),
    ];
  }

  drawRings(scene) {
    const rings = scene.bubbles.filter((one) => one.hollow && one.radius);
    const colour = (one, alpha) => rgb(FAMILY.get(one.family)[scene.theme], alpha);
    const how = { getPosition: (one) => one.at, getRadius: (one) => one.radius * 1000, stroked: true, lineWidthUnits: "pixels" };
    return [
      new deck.ScatterplotLayer({ id: "rings", data: rings, ...how, getFillColor: (one) => colour(one, 16), getLineColor: (one) => colour(one, 110), getLineWidth: 1 }),
      new deck.ScatterplotLayer({ id: "chosen-ring", data: rings.filter((one) => one.key === scene.marked), ...how, filled: false, getLineColor: rgb(scene.ink), getLineWidth: 2 }),
    ];
  }

  drawBubbles(scene, zoom) {
    const { paper, ink, theme } = scene;
    const colour = (one) => FAMILY.get(one.family)[theme];
    const looks = { updateTriggers: { getFillColor: theme, getLineColor: theme, getColor: theme } };
    const disc = {
      getPosition: (one) => one.at, stroked: true, radiusUnits: "pixels", lineWidthUnits: "pixels",
      getFillColor: (one) => (one.hollow ? rgb(paper, 225) : rgb(colour(one), 235)),
      getLineColor: (one) => (one.hollow ? rgb(colour(one)) : rgb(paper)), ...looks,
    };
    const layers = pile(scene.bubbles).map(
      (tier, i) => new deck.ScatterplotLayer({ id: `places-${i}`, data: tier, ...disc, getRadius: (one) => one.r, getLineWidth: (one) => (one.hollow ? 2 : 1) }),
    );
    const site = { ...disc, radiusUnits: "meters", getRadius: 300, radiusMaxPixels: 9, lineWidthUnits: "meters", getLineWidth: 37, lineWidthMaxPixels: 1.5 };
    const mark = { getPosition: (one) => one.at, stroked: true, filled: false, lineWidthUnits: "pixels", getLineColor: rgb(ink), getLineWidth: 2.5 };
    const chosen = scene.bubbles.filter((one) => one.key === scene.marked);
    const chosenSites = scene.sites.filter((one) => zoom > 9 && one.rows.some((row) => row.id === scene.incident));
    return [
      ...layers,
      new deck.ScatterplotLayer({ id: "sites", data: scene.sites, ...site }),
      new deck.ScatterplotLayer({ id: "chosen-site", data: chosenSites, ...mark, getRadius: 390, radiusMaxPixels: 12 }),
      new deck.ScatterplotLayer({ id: "chosen", data: chosen, ...mark, radiusUnits: "pixels", getRadius: (one) => one.r + 4 }),
    ];
  }

  remove() {
    this.deck.finalize();
    this.home.replaceChildren();
  }
}

// Sort bubbles into tiers, so that a small bubble covers the count of a large one only from above.
function pile(bubbles) {
  const filled = bubbles.filter((one) => !one.hollow);
  const largest = Math.max(0, ...filled.map((one) => one.r));
  const tier = (low, high) => filled.filter((one) => one.r / largest > low && one.r / largest <= high);
  return [bubbles.filter((one) => one.hollow), tier(0.7, 1), tier(0.45, 0.7), tier(0, 0.45)];
}
