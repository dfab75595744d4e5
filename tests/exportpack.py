"""A package for tests of exports: every type, awkward texts, codes with labels, keys, and points."""

from __future__ import annotations

from pathlib import Path

from tests.typedpack import Typed, fields, leading, write_typed

KINDS = {
    "type": "string", "constraints": {"enum": ["mill", "ferry", "=quay"]}, "description": "What sort of site it is.",
    "eventpack:codes": {
        "mill": {"definition": "Grinds."}, "ferry": {"definition": "Crosses."}, "=quay": {"definition": "Lands."}
    },
}  # fmt: skip
SITES = """\
site_id,name,kind,state,latitude,longitude,radius_km,opened,month,year,open,visits,share,tags,page,up_site
S-1,Mill of Öland,mill,st-old,57.1,16.7,0.5,0001-01-01,2026-03,0001,true,9223372036854775807,0.1,a;b,https://example.org/a,
S-2,"=HYPERLINK(""x"",""y"")",ferry,,-33.25,151.5,1250,2026-02-28,,2026,false,-3,36.25,,,S-1
S-3,"Two
lines, ""quoted"", 𝒳 and قلعة",=quay,st-new,,,,9999-12-31,2025-12,9999,,0,-0.000001,a,,S-2
S-4,'+1,,,0,0,0,,,,,,,,,S-1
"""
TABLES: Typed = {
    "states": (
        fields(code="string", label="string", definition="string"),
        "code,label,definition\nst-old,Old,From before.\nst-new,New,From after.\n",
    ),
    "sites": (
        {
            **leading(
                fields(
                    site_id="string", name={"title": "Name", "description": "What people call it."}, kind=KINDS,
                    state="string", latitude="number", longitude="number",
                    radius_km={"type": "number", "description": "How far off it may be.", "eventpack:unit": "km"},
                    opened="date", month="yearmonth", year="year", open="boolean", visits="integer", share="number",
                    tags={"type": "list", "delimiter": ";"}, page={"type": "string", "format": "uri"}, up_site="string",
                ),
                state="states.code", up_site=".site_id",
            ),
            "title": "Sites", "description": "Places to see.",
        },
        SITES,
    ),
    "visits": (
        leading(fields(visit="integer", site_id="string", note="string"), site_id="sites.site_id"),
        "visit,site_id,note\n1,S-1,Windy\n2,S-3,\n",
    ),
    "nothing": (fields(id="string", count="integer"), "id,count\n"),
}  # fmt: skip


def write_export_package(folder: Path) -> Path:
    """Write the package, and return its folder."""
    return write_typed(folder, TABLES, name="sights", title="Sights", licenses=[{"name": "CC-BY-4.0"}])
