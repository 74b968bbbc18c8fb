"""From words to places: the gazetteer, the places an article names, and the one where an incident happened."""
