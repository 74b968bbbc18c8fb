"""From words to numbers of people: who is counted, what befell them, and the figures that a sentence states."""
