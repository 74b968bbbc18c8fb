"""Office files without a clock: the same content gives the same bytes.

The libraries that write slides, texts and workbooks put the time of writing into the archive and into the properties
of the document; both are replaced, in the workbooks inside charts too.
"""

import io
import re
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
FIRST_DAY = date(1980, 1, 1)  # of those that an archive can name


def steady(content: bytes, day: date) -> bytes:
    """Give the same office file as if it were written when `day` began."""
    moment = max(day, FIRST_DAY)
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = steady(part, day)
            elif name == "docProps/core.xml":
                part = _MOMENT.sub(rb"\g<1>" + f"{moment}T00:00:00Z".encode(), part)
            info = ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            new.writestr(info, part)
    return out.getvalue()
