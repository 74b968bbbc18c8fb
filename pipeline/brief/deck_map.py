"""The slide of the map."""
from pipeline.brief.deck_draft import Draft


def tell_map(draft: Draft) -> None:
    """Put the map."""
