"""From words to days: every date an article names, and the days an incident can have happened on."""
