# mypy: ignore-errors
"""Errors of DataCite metadata by the official JSON schema 4.5: `check_datacite.py FILE`; nothing when there is none."""

import json
import sys
from pathlib import Path

from datacite.schema45 import validator

value = json.loads(Path(sys.argv[1]).read_text("utf-8"))
for error in validator.iter_errors(value):
    print(f"{'/'.join(map(str, error.path))}: {error.message}")
