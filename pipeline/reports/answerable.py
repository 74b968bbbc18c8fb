"""Find for each incident of an article the sentences that only say who answers for it: claims, blame, arrests.

They often stand paragraphs away from the telling and name no day and no place. One about "the attacks" goes with all
incidents told before it, any other with the one whose words it shares, or else with the nearest before it.
"""

import re
from collections.abc import Sequence

from pipeline.model import Sentence
from pipeline.reports.drafts import Draft

FAR = 15  # sentences
ANSWERS = re.compile(
    r"\bresponsib|\b(?:claim(?:ed|s|ing)?|den(?:ied|ies|ying)|disowned) (?:\w+ ){0,2}?(?:the|it|any|by|having"
    r"|involve\w*)\b"
    r"|\bblam(?:ed?|es|ing)\b|\baccus(?:ed?|es|ing)\b|\bbehind (?:the|it|this|these)\b|\battribut(?:ed|es|ing)\b"
    r"|\bsuspic\w+|\bsuspect(?:s|ed)? (?!\w+ (?:device|package))|\bhallmarks?\b|\bbore the\b|\bwork of\b"
    r"|\bidentified the\b"
    r"|\bsaid (?:that )?(?:it|its \w+|they) (?:had |was |were )?(?:sent|carried|attacked|ambushed|killed|fired"
    r"|behind|planted)"
    r"|\b(?:arrested|charged)\b",
    re.IGNORECASE,
)
ALL_OF_THEM = re.compile(
    r"\b(?:the|these|those|all|both|such) (?:\w+ ){0,2}?(?:attacks|raids|bombings|blasts|killings|explosions|shootings"
    r"|strikes|assaults|ambushes|incidents|abductions)\b",
    re.IGNORECASE,
)
PAST = re.compile(r"\b(?:in|since|from) (?:19|20)\d\d\b|\blast (?:year|month)\b|\byears?\b", re.IGNORECASE)
WORD = re.compile(r"[a-z]{4,}")


def find_answers(sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> list[list[Sentence]]:
    """Give for each draft the sentences that say who answers for it, in the order of the text."""
    told = {t.sentence.no for d in drafts for t in d.tellings}
    out: list[list[Sentence]] = [[] for _ in drafts]
    for sentence in sentences:
        if sentence.no in told or not ANSWERS.search(sentence.text) or PAST.search(sentence.text):
            continue
        near = [(n, back) for n, draft in enumerate(drafts) if 0 < (back := distance(draft, sentence)) <= FAR]
        if near and not ALL_OF_THEM.search(sentence.text):
            words = set(WORD.findall(sentence.text.lower()))
            near = [max(near, key=lambda pair: 2 * len(words & drafts[pair[0]].words) - pair[1])]
        for n, _ in near:
            out[n].append(sentence)
    return out


def distance(draft: Draft, sentence: Sentence) -> int:
    """Give how many sentences a draft was last told before a sentence; none or less where it comes after."""
    return min((sentence.no - t.sentence.no for t in draft.tellings if t.sentence.no < sentence.no), default=0)
