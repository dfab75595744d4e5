# mypy: ignore-errors
"""What roc-validator finds in a crate, and how rocrate reads it: `check_crate.py FOLDER CONTEXT`.

The context of RO-Crate 1.2 comes from a file; nothing else may be asked for on the web.
"""

import json
import sys
from pathlib import Path

import requests
from rocrate.rocrate import ROCrate
from rocrate_validator import models, services

folder, context = sys.argv[1:]
ADDRESS = "https://w3id.org/ro/crate/1.2/context"


def send(self, request, **kwargs):
    """The one answer that there is."""
    assert request.url == ADDRESS, request.url
    answer = requests.Response()
    answer.status_code, answer.url, answer.request = 200, ADDRESS, request
    answer.headers["Content-Type"] = "application/ld+json"
    answer._content = Path(context).read_bytes()
    return answer


requests.Session.send = send
settings = services.ValidationSettings(
    rocrate_uri=folder,
    profile_identifier="ro-crate-1.2",
    requirement_severity=models.Severity.RECOMMENDED,
    skip_availability_check=True,
    no_cache=True,
)
issues = services.validate(settings).get_issues(models.Severity.RECOMMENDED)
crate = ROCrate(folder)
authors = crate.root_dataset.get("author", [])
said = {
    "required": [issue.message for issue in issues if issue.severity == models.Severity.REQUIRED],
    "recommended": sorted({issue.message for issue in issues if issue.severity != models.Severity.REQUIRED}),
    "name": crate.name,
    "files": sorted(entity.id for entity in crate.data_entities),
    "authors": [author["name"] for author in (authors if isinstance(authors, list) else [authors])],
}
json.dump(said, sys.stdout)
