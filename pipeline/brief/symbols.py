"""The measures of the marks of a map: the page and the files that are handed out draw the same."""

INK, PAPER = {False: "#1b2226", True: "#f2f5f7"}, {False: "#ffffff", True: "#161b20"}  # on a light and a dark page
LARGEST = 22.0  # pixels
SMALLEST = ((60, 9.0), (400, 6.5), (5_000, 4.5))  # up to so many places; the more there are, the smaller
READABLE = 7.5  # pixels; a smaller bubble has no room for its count
RIM = 1.45  # how much wider a hollow bubble is than a filled one over it
