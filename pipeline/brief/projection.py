"""Bring degrees onto paper: equal areas everywhere, so that no province looks larger than it is.

A region is drawn in Lambert's azimuthal projection around its own middle, the world in Equal Earth. Lengths are in
kilometres; the scale holds at the middle of a region.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH = 6371.0088  # kilometres
WIDE = 75.0  # degrees from the middle; what reaches farther is drawn as the world
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = sqrt(3) / 2
Km = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection around a middle, in degrees; of the whole world where `world` says so."""

    longitude: float
    latitude: float
    world: bool = False

    @property
    def name(self) -> str:
        """Name it, as a map sheet must.

        >>> Projection(66.0, 34.0).name
        'Lambert azimuthal equal-area, centred on 34.0° N 66.0° E (WGS 84)'
        """
        if self.world:
            return "Equal Earth (WGS 84); the scale holds along the parallels of the middle only"
        north, east = "NS"[self.latitude < 0], "EW"[self.longitude < 0]
        middle = f"{abs(self.latitude):.1f}° {north} {abs(self.longitude):.1f}° {east}"
        return f"Lambert azimuthal equal-area, centred on {middle} (WGS 84)"

    def project(self, longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[Km, Km]:
        """Give the kilometres east and north of the middle.

        >>> [round(float(km)) for km in Projection(66.0, 34.0).project(66.0, 35.0)]
        [0, 111]
        """
        x, y = np.radians(np.asarray(longitudes, float)), np.radians(np.asarray(latitudes, float))
        return _draw_world(x, y) if self.world else self._draw_region(x, y)

    def _draw_region(self, x: Km, y: Km) -> tuple[Km, Km]:
        """Project by Lambert."""
        y0, turned = np.radians(self.latitude), x - np.radians(self.longitude)
        cosine = np.sin(y0) * np.sin(y) + np.cos(y0) * np.cos(y) * np.cos(turned)
        k = EARTH * np.sqrt(2 / np.maximum(1 + cosine, 1e-6))
        east = k * np.cos(y) * np.sin(turned)
        return east, k * (np.cos(y0) * np.sin(y) - np.sin(y0) * np.cos(y) * np.cos(turned))


def _draw_world(x: Km, y: Km) -> tuple[Km, Km]:
    """Project by Equal Earth (Šavrič, Patterson and Jenny, 2018)."""
    t = np.arcsin(_M * np.sin(y))
    t2 = t * t
    t6 = t2 * t2 * t2
    slope = _A[0] + 3 * _A[1] * t2 + t6 * (7 * _A[2] + 9 * _A[3] * t2)
    return EARTH * x * np.cos(t) / (_M * slope), EARTH * t * (_A[0] + _A[1] * t2 + t6 * (_A[2] + _A[3] * t2))
