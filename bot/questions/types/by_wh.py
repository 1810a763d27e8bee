"""Rules that go by the wh-word, or by a cue beside it, whatever noun is asked about."""

from __future__ import annotations

from bot.questions.types.context import Context, Found
from bot.questions.types.focus import Focus

QUOTES = frozenset("\"“'`")


def short_form(c: Context) -> Found:
    """*What does NATO stand for?*, *What does NATO mean?*"""
    f = c.focus
    if f.any(c.cues.expanding):
        return "ABBR:exp", "stands for"
    if f.verb == "mean" and f.wh == "what":
        subject = [f.sentence.tokens[i] for i in range(f.at + 1, len(f.sentence)) if f.sentence.tokens[i].upos != "AUX"]
        named = [t for t in subject if t.lemma.lower() != "mean" and t.text.isalpha()]
        if named and all(t.text.isupper() and len(t.text) > 1 for t in named):
            return "ABBR:exp", "a word in capitals"
    return None


def how(c: Context) -> Found:
    """*How many*, *how far*, *how*."""
    f = c.focus
    if f.wh != "how":
        return None
    after = f.after[0] if f.after else ""
    if after == "many":
        return "NUM:count", "how many"
    if after == "much":
        return _how_much(c)
    if after == "come":
        return "DESC:reason", "how come"
    if after == "long":
        return _how_long(c)
    if after in c.cues.degrees:
        return c.cues.degrees[after], f"how {after}"
    if f.after[:3] in (("do", "you", "say"), ("do", "you", "spell")):
        return "ENTY:termeq", "how do you say"
    return "DESC:manner", "how"


def _how_much(c: Context) -> Found:
    f = c.focus
    if f.any(c.cues.weighing):
        return "NUM:weight", "how much it weighs"
    if f.any(c.cues.costing):
        return "NUM:money", "how much it costs"
    return ("NUM:money" if f.after[1:2] and f.after[1] in c.cues.copulas else "NUM:count"), "how much"


def _how_long(c: Context) -> Found:
    f = c.focus
    if f.verb not in ("", "be"):
        return "NUM:period", "how long"
    nouns = [t.lemma.lower() for t in f.sentence.tokens[f.at + 2 :] if t.upos in ("NOUN", "PROPN")]
    for noun in nouns:
        if noun in c.cues.extended or c.heads.is_below(noun, c.cues.extended_below):
            return "NUM:dist", f"“{noun}” has a length"
    return "NUM:period", "how long"


def when(c: Context) -> Found:
    """*When*."""
    return ("NUM:date", "when") if c.focus.wh == "when" else None


def why(c: Context) -> Found:
    """*Why*."""
    return ("DESC:reason", "why") if c.focus.wh == "why" else None


def where(c: Context) -> Found:
    """*Where*, but not *where does the saying come from*."""
    f = c.focus
    if f.wh != "where":
        return None
    if f.any(c.cues.stemming) and not _person_subject(f):
        return "DESC:desc", "where it comes from"
    if "rank" in f.lemmas:
        return "NUM:ord", "where does it rank"
    return "LOC:other", "where"


def _person_subject(f: Focus) -> bool:
    return any(t.ent == "PERSON" or (t.upos == "PRON" and t.text.lower() in ("he", "she", "they")) for t in f.sentence)


def who(c: Context) -> Found:
    """*Who*, *whom*, *whose*; *who was Confucius* asks for a description."""
    f = c.focus
    if f.wh not in ("who", "whom", "whose"):
        return None
    if f.shape == "is" and f.head is not None:
        named = f.head.upos == "PROPN" or f.sentence.tokens[f.phrase[0]].text[:1].isupper()
        found, why = c.heads.of(f.phrase_lemmas)
        role = found == "HUM:ind" and (f.tail_words[:1] == ("of",) or f.article == "poss")
        if named and f.article in ("", "poss") and not f.plural and not f.verb and not role and not _restricted(f):
            return "HUM:desc", "who is, with a name"
        if found == "HUM:gr" and f.label != "member":
            return found, why
        return "HUM:ind", "who is"
    if f.verb in c.cues.producing:
        return "HUM:gr", f"who {f.verb}s"
    return "HUM:ind", "who"


def _restricted(f: Focus) -> bool:
    """Whether more than a place or an apposition follows the name."""
    return bool(f.tail_words) and f.tail_words[0] not in ("in", "of", "on", "from")


def describe(c: Context) -> Found:
    """*Define gravity*, *Tell me about it*."""
    f = c.focus
    if f.wh == "" and f.verb == "define":
        return "DESC:def", "define"
    if f.wh == "" and f.verb in c.cues.describing:
        return "DESC:desc", f.verb
    return None


def living(c: Context) -> Found:
    """*What does she do for a living?*"""
    return ("HUM:title", "for a living") if c.focus.any(c.cues.living) else None


def called(c: Context) -> Found:
    """*What is a male witch called?*, *What do you call a newborn kangaroo?*"""
    f = c.focus
    if f.shape == "kind" or f.label == "name" or f.wh not in ("what", "which"):
        return None
    told = any(w in c.cues.called and not _quoted(f, i) for i, w in enumerate(f.words))
    if told or ("call" in f.lemmas and f.after[:1] in (("do",), ("does",), ("did",))):
        owner = c.heads.of(f.phrase_lemmas)[0] if f.shape == "is" else ""
        return (owner if owner.startswith("HUM") else "ENTY:termeq"), "what it is called"
    if f.any(c.cues.calling):
        return "ENTY:termeq", "what it is called"
    return None


def _quoted(f: Focus, i: int) -> bool:
    """*the technique [called] "cold fusion"*."""
    return i + 1 < len(f.words) and f.words[i + 1] in QUOTES


def famed(c: Context) -> Found:
    """*What is the town famous for?*, *What are reflectors for?*"""
    f = c.focus
    if f.wh != "what" or f.shape == "kind":
        return None
    if f.any(c.cues.famed):
        return "DESC:reason", "famous for"
    return ("DESC:reason", "what … for") if f.ending == "for" and f.verb in ("", "use", "be") else None


def made_of(c: Context) -> Found:
    """*What are stars made of?*"""
    f = c.focus
    asked = f.wh == "what" and f.shape != "kind" and f.ending in ("of", "from", "up")
    return ("ENTY:substance", "made of") if asked and f.any(c.cues.material) else None


def means(c: Context) -> Found:
    """*What does the motto mean?*"""
    f = c.focus
    if f.verb == "mean" and f.wh == "what" and f.shape in ("what", "bare"):
        if f.any(c.cues.languages):
            return "ENTY:termeq", "what it means in another language"
        return "DESC:def", "what it means"
    return None


def about(c: Context) -> Found:
    """*What is the song about?*, *What is Java like?*"""
    f = c.focus
    asked = f.wh == "what" and f.shape in ("is", "what") and f.ending in ("about", "like")
    return ("DESC:desc", f"what … {f.ending}") if asked else None


def what(c: Context) -> Found:
    """*What* by itself, by its verb."""
    f = c.focus
    if f.wh not in ("what", "which"):
        return None
    if f.subject_asked and f.verb in c.cues.causing and not f.copula:
        return "DESC:reason", f"what {f.verb}s"
    if not f.subject_asked and f.verb in c.cues.eating:
        return "ENTY:food", f"what it {f.verb}s"
    if f.lemmas.count("do") > 1 or f.any(c.cues.sharing):
        return "DESC:desc", "what … do, what … in common"
    if not f.subject_asked and f.verb in c.cues.creating:
        return "ENTY:cremat", f"what … {f.verb}"
    if f.copula and sum(w.isalnum() for w in f.after) <= 3 and f.shape == "what":
        return "DESC:def", "what is, with one word"
    if not f.subject_asked and f.verb in c.cues.costing:
        return "NUM:money", "what it costs"
    if f.verb in c.cues.telling:
        return "DESC:desc", f"what … {f.verb}"
    return "ENTY:other", "what"
