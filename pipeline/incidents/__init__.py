"""From reports to incidents: copies of a story, reports that tell of the same, and what they say together."""
