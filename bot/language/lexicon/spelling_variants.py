"""British and American spellings of one word: ``variant_key`` gives both the same key.

Rules for the regular families, a table for the rest.  The key is not a word and is never shown; two words with one
key are variants only if the lexicon does not hold them for different words ('prise', 'prize'), which the caller
checks.
"""

from __future__ import annotations

import re
from functools import lru_cache

# (pattern, replacement), applied in order to each word; longest endings first.
RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"is(e|ed|es|er|ers|ing|ation|ations|ational|able)$", r"iz\1"),  # organise, organisation
        (r"ys(e|ed|es|er|ers|ing)$", r"yz\1"),  # analyse
        (r"(?<=[b-df-hj-np-tv-z])our(?=$|s$|ed$|ing$|ful|less|able|ite|er|hood|al$)", "or"),  # colour, neighbourhood
        (r"(?<=[bcdghkpt])re$", "er"),  # centre, fibre
        (r"(?<=[bcdghkpt])res$", "ers"),
        (r"(?<=[bcdghkpt])red$", "ered"),
        (r"ogue(s?)$", r"og\1"),  # catalogue
        (r"(?<=[aeiou])ll(?=ed$|ing$|er$|ers$|ation$|or$|ors$)", "l"),  # travelled, counsellor
        (r"ence(s?)$", r"ense\1"),  # defence, licence
        (r"ae|oe(?=[dmns])", "e"),  # encyclopaedia, foetus
        (r"mme(s?)$", r"m\1"),  # programme, kilogramme
        (r"xion(s?)$", r"ction\1"),  # connexion
        (r"ll?ment(s?)$", r"lment\1"),  # enrolment
        (r"ll?ful(ly|ness)?$", r"lful\1"),  # skilful, wilful
        (r"dgement(s?)$", r"dgment\1"),  # judgement
        (r"eable$", "able"),  # likeable
    )
)
IRREGULAR = {
    "aeroplane": "airplane",
    "aluminium": "aluminum",
    "cheque": "check",
    "cosy": "cozy",
    "disc": "disk",
    "draught": "draft",
    "gaol": "jail",
    "grey": "gray",
    "kerb": "curb",
    "mould": "mold",
    "moustache": "mustache",
    "plough": "plow",
    "pyjamas": "pajamas",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "smoulder": "smolder",
    "storey": "story",
    "sulphur": "sulfur",
    "sulphate": "sulfate",
    "tyre": "tire",
    "whisky": "whiskey",
    "yoghurt": "yogurt",
    "fulfil": "fulfill",
    "enrol": "enroll",
    "instal": "install",
    "instil": "instill",
    "distil": "distill",
    "appal": "appall",
    "jewellery": "jewelry",
    "woollen": "woolen",
    "marvellous": "marvelous",
    "artefact": "artifact",
    "ageing": "aging",
    "acknowledgement": "acknowledgment",
    "adviser": "advisor",
    "amongst": "among",
    "whilst": "while",
    "towards": "toward",
    "manoeuvre": "maneuver",
    "tonne": "ton",
    "practise": "practice",
    "speciality": "specialty",
    "orientate": "orient",
    "maths": "math",
    "carat": "karat",
    "inquiry": "enquiry",
    "inquire": "enquire",
    "insure": "ensure",
    "per cent": "percent",
    "e-mail": "email",
    "mediaeval": "medieval",
    "liquorice": "licorice",
    "omelette": "omelet",
    "doughnut": "donut",
    "axe": "ax",
    "furore": "furor",
    "cypher": "cipher",
    "gipsy": "gypsy",
    "tsar": "czar",
}


@lru_cache(maxsize=65536)
def variant_key(word: str) -> str:
    """The key that all spellings of a lower-case word or phrase share ('centre', 'center' -> 'center')."""
    return " ".join(_key(part) for part in word.split(" ")) if " " in word else _key(word)


def _key(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 5:
        return word
    for pattern, replacement in RULES:
        word = pattern.sub(replacement, word)
    return word
