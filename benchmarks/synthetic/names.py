"""Invented names: countries, towns, outlets, groups, persons; and plain nouns for what news tells of."""

from __future__ import annotations

COUNTRIES = (  # name, adjective
    ("Velmara", "Velmaran"), ("Ostrenia", "Ostrenian"), ("Karvia", "Karvian"), ("Tolmeria", "Tolmerian"),
    ("Belund", "Belundian"), ("Sarrovia", "Sarrovian"), ("Quenland", "Quenlander"), ("Ithoria", "Ithorian"),
)  # fmt: skip
TOWNS = (
    "Veltra", "Ormund", "Kessa", "Dornach", "Lumen Bay", "Port Arrin", "Halvik", "Sorrel", "Mirabad", "Tansk",
    "Old Perrin", "Zelgrad", "Ushmere", "Calvo", "Brentar", "Nimule Hill", "Rovaska", "El Dorit", "Pell", "Garrowby",
    "Ystara", "St. Merrin", "Akdere", "Fort Lowen", "Tirna", "Bexhall", "Noroval", "Imber", "Cassimar", "Wendt",
)  # fmt: skip
OUTLETS = (
    "The Harbour Post", "Meridian News", "the Tolmer Herald", "Radio Halvik", "the Northern Wire", "Channel Nine",
    "The Observer of Kessa", "the news agency ONA",
)  # fmt: skip
GROUPS = (  # name, abbreviation
    ("Front for the Liberation of the Valleys", "FLV"), ("Orrin Brigades", ""),
    ("People's Committee of the Coast", "PCC"),
    ("Movement of the Free North", "MFN"), ("Red Hills Militia", ""), ("League of River Guards", "LRG"),
    ("Black Harbour Battalion", ""), ("New Dawn Army", "NDA"),
)  # fmt: skip
UNIONS = (
    ("Union of Miners", ""), ("Federation of Teachers", "FT"), ("Association of Fishermen", ""),
    ("Council of Nurses", ""), ("Dockers' Union", ""), ("Alliance of Farmers", "AF"),
    ("Society of Physicians", ""), ("Railway Workers' League", "RWL"),
)  # fmt: skip
FIRST = ("Dorin", "Maret", "Ilsa", "Tomas", "Yevna", "Rashad", "Oriel", "Petra", "Samir", "Ludo", "Anneke", "Farid")
LAST = ("Katz", "Ollen", "Brasko", "Venn", "Tarik", "Moreau", "Szabor", "Idris", "Halloran", "Quist", "Demir", "Polk")
OFFICES = ("president", "prime minister", "defence minister", "interior minister", "foreign minister")
BODIES = ("Interior Ministry", "Defence Ministry", "Foreign Ministry", "Health Ministry", "Supreme Court")
UNNAMED = (  # as the text says it, as we say it, whether it is plural
    ("a senior military official", "a military official of high rank, not named", False),
    ("witnesses", "people who saw it, not named", True),
    ("a hospital doctor", "a doctor of a hospital, not named", False),
    ("local residents", "inhabitants, not named", True),
    ("an aid worker", "somebody who works for an aid agency, not named", False),
    ("diplomats familiar with the matter", "diplomats said to know about it", True),
    ("a government spokesperson", "somebody who speaks for the government, not named", False),
    ("several sources", "more than two sources, not described", True),
    ("a police officer", "a member of the police, not named", False),
    ("people briefed on the talks", "people said to know about the talks", True),
)
THINGS = ("bridge", "depot", "power station", "warehouse", "airfield", "customs house", "radio mast", "fuel store")
FAILURES = (  # finite now, finite then: for conditions
    ("the talks fail", "the talks failed"), ("the ceasefire collapses", "the ceasefire collapsed"),
    ("the border stays closed", "the border stayed closed"), ("its demands are ignored", "its demands were ignored"),
    ("parliament rejects the budget", "parliament rejected the budget"), ("supplies run out", "supplies ran out"),
    ("the neighbouring states agree", "the neighbouring states agreed"), ("the rain continues", "the rain continued"),
)  # fmt: skip
