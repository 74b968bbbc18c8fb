"""Every stretch of a text that a reading names, held against the text."""


def check_stretches(article, reading):
    """Hold every stretch that a reading names against the text of its article."""
    for start, end, words in list_stretches(reading):
        assert article.text[start:end] == words, f"{words[:60]!r} does not stand at {start}: look where it was moved"


def list_stretches(reading):
    """Give where each stretch begins and ends, and the words it is said to hold."""
    for report in reading.reports:
        for mention in report.mentions:
            yield mention.sentence.start, mention.sentence.end, mention.sentence.text
        yield from ((found.start, found.end, found.words) for found in (*report.figures, *report.other_days))
    for total in reading.aggregates:
        yield total.sentence.start, total.sentence.end, total.sentence.text
