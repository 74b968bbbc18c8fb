"""From files, folders and pages to articles: their text, and when each was published."""
