"""Names in scripts that run from right to left, inside text that runs from left to right.

Without a sign, a number or a comma after such a name is drawn before it. The sign is put only where the text goes on
from left to right, so that whole sentences in such a script stay as they are.
"""

import re

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LEFT = "A-Za-z\u00c0-\u02af\u0370-\u052f\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7a3"
_ENDS = re.compile(f"([{_RIGHT}])(?=[^{_RIGHT}]+$|[^{_RIGHT}{_LEFT}]+[{_LEFT}])")
SIGN = "\u200e"


def settle(text: str) -> str:
    r"""Put the sign after names that run from right to left, where what follows does not.

    >>> settle("in \u0643\u0627, 3 March") == "in \u0643\u0627\u200e, 3 March", settle("Kabul, 3 March")
    (True, 'Kabul, 3 March')
    >>> settle("\u0643 19 \u0627")
    '\u0643 19 \u0627'
    """
    return _ENDS.sub(rf"\1{SIGN}", text)
