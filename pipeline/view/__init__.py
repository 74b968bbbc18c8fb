"""What a reader asks to see: the one filter that the page, the exports and the briefs share."""

from pipeline.view.filters import NOT_STATED, Pick, figure_of, say_days
from pipeline.view.orders import NAMED_ORDERS, ORDERS, USUAL_ORDERS
from pipeline.view.view import DAY_STEPS, FILTERS, FOLDED, KEYS, PICKS, PLACE_STEPS, SEARCHED, View, find_unread

__all__ = [
    "DAY_STEPS", "FILTERS", "FOLDED", "KEYS", "NAMED_ORDERS", "NOT_STATED", "ORDERS", "PICKS", "PLACE_STEPS",
    "SEARCHED", "USUAL_ORDERS", "Pick", "View", "figure_of", "find_unread", "say_days",
]  # fmt: skip
