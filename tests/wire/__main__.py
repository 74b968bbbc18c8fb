"""The command: `PYTHONPATH=.:tests python -m wire FOLDER ARTICLES [SEED [INCIDENTS_A_DAY]]`."""

import sys
from pathlib import Path

from wire.write import write_wire

if __name__ == "__main__":
    write_wire(Path(sys.argv[1]), *map(int, sys.argv[2:]))
