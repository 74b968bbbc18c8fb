"""From an article to its reports: which sentences tell of one incident, and what each report holds."""
