"""What English words mean to each other: WordNet compiled to a compact table, and hand-made tables of usage.

``load()`` opens the lexicon once per process.  The words of any subject are not here; they come from documents.
"""

from bot.language.lexicon.lexicon import Lexicon, load
from bot.language.lexicon.records import LightVerb, PredicateFrame, Quantifier, Relation, RelationKind
from bot.language.lexicon.words import Words

__all__ = ["Lexicon", "LightVerb", "PredicateFrame", "Quantifier", "Relation", "RelationKind", "Words", "load"]
