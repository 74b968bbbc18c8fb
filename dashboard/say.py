"""Days and tolls in words, as the page says them; what it takes along says them the same way."""

from pipeline.brief.say import Cell, read_count, say_days, say_number, say_toll

__all__ = ["Cell", "read_count", "say_days", "say_number", "say_toll"]
