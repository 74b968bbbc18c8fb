"""Turn news articles into a table of violent incidents that an analyst can defend.

seeds -> read -> copies -> mentions -> numbers, dates, places, actors -> reports -> incidents -> corrections
-> publish -> data.
Every value keeps the words it was read from; what could not be read becomes an issue, never a guess.
"""

__version__ = "0.1.0"
