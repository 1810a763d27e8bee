"""Questions whose order the parser lost: *Which states does it link us with?*, *When was the hall renovated?*

A question that begins with a *wh*-phrase or an auxiliary has a fixed frame: wh-phrase, auxiliary, subject, predicate,
the rest. Where the parse does not show that frame, it is rebuilt from the frame; a parse that shows it is left alone.
"""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.lexicon import lexicon
from bot.language.sentence import Sentence, Token

WH = frozenset({"what", "which", "who", "whom", "whose", "where", "when", "why", "how"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
NOT_BEFORE_VERB = frozenset({"DET", "ADP", "ADJ", "CCONJ", "SCONJ", "PUNCT", "AUX"})
HELPING = {"do": "do", "does": "do", "did": "do", "have": "have", "has": "have", "had": "have"}
BEING = frozenset({"is", "are", "was", "were", "'s", "’s"})
LONGEST_WH = 8


def _auxiliary(s: Sentence) -> int:
    """Index of the auxiliary of an inverted question, -1 for any other sentence."""
    first = s.tokens[0].text.lower()
    if _kind(s.tokens[0]) and first not in WH:
        return 0
    wh = 1 if s.tokens[0].upos == "ADP" and len(s) > 1 else 0
    if s.tokens[wh].text.lower() not in WH:
        return -1
    for t in s.tokens[wh + 1 : LONGEST_WH]:
        if _kind(t):
            return t.i
        if t.i == wh + 1 and t.upos == "VERB" and t.text.lower().endswith(("ed", "ing")):
            continue  # 'which associated groupings does …'
        if t.upos in ("VERB", "PUNCT", "SCONJ") and t.text.lower() not in HELPING:
            return -1
    return -1


def _kind(t: Token) -> str:
    """*do*, *have*, *be* or *modal*; empty for a word that opens no question."""
    low = t.text.lower()
    if low in HELPING:
        return HELPING[low]
    if low in BEING:
        return "be"
    return "modal" if t.upos == "AUX" and low in lists.words("modals") | lists.words("futures") else ""


def _end(s: Sentence) -> int:
    end = len(s)
    while end > 0 and s.tokens[end - 1].upos == "PUNCT":
        end -= 1
    return end


def _verb_form(s: Sentence, t: Token, kind: str) -> tuple[str, str] | None:
    """Lemma and features if the word can be the verb after such an auxiliary."""
    low = t.text.lower()
    if kind in ("do", "modal"):
        if t.upos in ("PRON", "DET", "ADP", "AUX", "PROPN", "ADV") and low != "have" and low != "do":
            return None
        is_base = "v" in lexicon.load().pos_of(low) and (low, "v") in lexicon.load().lemmas_of(low)
        return (low, "VerbForm=Inf") if is_base else None
    if t.upos not in ("VERB", "ADJ", "NOUN"):
        return None
    if kind == "be" and low.endswith("ing") and t.upos == "VERB":
        return (t.lemma.lower(), "Tense=Pres|VerbForm=Part")
    verbs = lexicon.load().participle_of(low)
    past = t.upos == "VERB" and "Tense=Past" in t.feats
    if past:
        return (t.lemma.lower(), "Tense=Past|VerbForm=Part")
    after = t.i + 1 >= _end(s) or s.tokens[t.i + 1].upos == "ADP"
    if verbs and (low.endswith("ed") or t.upos == "VERB" or (after and low != verbs[0])):
        return (verbs[0], "Tense=Past|VerbForm=Part")
    return None


def _predicate(s: Sentence, aux: int, kind: str) -> tuple[int, str, str] | None:
    """The main verb of the frame: likeliest by tag and neighbours, the last of equals."""
    best: tuple[int, int, str, str] | None = None
    for t in s.tokens[aux + 2 : _end(s)]:
        before = s.tokens[t.i - 1]
        form = _verb_form(s, t, kind)
        if form is None or (before.upos in NOT_BEFORE_VERB and before.text.lower() not in ("it", "they")):
            continue
        if any(w.upos in ("ADP", "SCONJ") for w in s.tokens[aux + 1 : t.i]) and t.upos != "VERB" and best:
            continue
        after = s.tokens[t.i + 1].upos if t.i + 1 < len(s) else "PUNCT"
        score = 2 * (t.upos == "VERB") + (before.upos in NOMINAL) + (after in ("ADP", "PUNCT", "DET"))
        if best is None or score >= best[0] + (best[0] >= 3):
            best = (score, t.i, *form)
    return best[1:] if best else None


def _has_frame(s: Sentence, aux: int) -> bool:
    """Whether the parse shows the frame: one predicate has the auxiliary, and one subject."""
    main = s.tokens[s.tokens[aux].head]
    if main.i == aux or s.tokens[aux].rel not in ("aux", "cop") or main.rel in ("advmod", "nsubj", "obj", "obl"):
        return False
    subjects = s.children(main.i, "nsubj", "csubj", "expl")
    if s.tokens[aux].rel == "aux" and main.upos not in ("VERB", "AUX"):
        return False
    last = s.tokens[_end(s) - 1]
    if (
        s.tokens[aux].dep == "cop"
        and last.i != main.i
        and last.i > aux + 1
        and _verb_form(s, last, "be")
        and last.upos == "VERB"
    ):
        return False  # 'What is the edge of the plateau called?'
    participles = [c for c in s.children(main.i) if "VerbForm=Part" in c.feats and c.upos == "VERB" and c.i > main.i]
    if s.tokens[aux].dep == "cop" and participles and main.i < aux:
        return False  # 'Where is it based?' with 'where' for its predicate
    return len(subjects) == 1 and (main.i > aux or s.tokens[aux].rel == "cop")


@rule(
    "repair",
    "root",
    example=(
        "Which//DET/2/det states/state/NOUN/0/root does/do/AUX/5/aux it/it/PRON/5/nsubj link/link/NOUN/2/acl "
        "us/we/PRON/5/obj with//ADP/5/case ?/?/PUNCT/2/punct"
    ),
    yields=("link(obl:with=Which states; subj=it; obj=us)",),
    counter=(
        "Which//DET/2/det states/state/NOUN/5/obj does/do/AUX/5/aux it/it/PRON/5/nsubj link//VERB/0/root "
        "?/?/PUNCT/5/punct"
    ),
)
def inverted_verb(a: Analysis, t: Token) -> None:
    """Wh-phrase, auxiliary, subject, verb: the frame of a question is rebuilt where the parser lost it."""
    s = a.sentence
    aux = _auxiliary(s)
    if aux < 0 or aux + 1 >= _end(s) or _has_frame(s, aux):
        return
    kind = _kind(s.tokens[aux])
    found = _predicate(s, aux, kind)
    if found is None:
        return
    verb, lemma, feats = found
    passive = kind == "be" and "Past" in feats
    subject = _phrase_head(s, aux + 1, verb)
    if subject < 0:
        return
    edits = [(verb, verb, "root"), (aux, verb, "aux:pass" if passive else "aux")]
    edits += _inside(s, aux + 1, verb, subject)
    edits.append((subject, verb, "nsubj:pass" if passive else "nsubj"))
    stranded = _end(s) - 1 if s.tokens[_end(s) - 1].upos in ("ADP", "SCONJ") and _end(s) - 1 > verb else -1
    has_object = _rest(s, verb, stranded, edits)
    if aux > 0:
        edits += _wh(
            s, aux, verb, stranded, has_object or passive, named=passive and lemma in lists.words("alias_verbs")
        )
    edits += [(w.i, verb, "punct") for w in s.tokens[_end(s) :]]
    a.mend(*edits, note="question", verb=(verb, lemma, feats))


def _phrase_head(s: Sentence, start: int, stop: int) -> int:
    """The head of the noun phrase that begins at ``start``: the last noun before a preposition."""
    head = -1
    for t in s.tokens[start:stop]:
        if t.upos in ("ADP", "SCONJ") and head >= 0:
            break
        if (
            t.upos in NOMINAL
            or (t.upos == "DET" and head < 0 and t.i + 1 == stop)
            or t.text.lower() == "each"
            or (t.upos == "VERB" and t.i + 1 == stop)
        ):
            head = t.i
    return head


def _inside(s: Sentence, start: int, stop: int, head: int) -> list[tuple[int, int, str]]:
    """Edits that keep a phrase's words together: those that hang outside it come under its head."""
    edits = []
    for t in s.tokens[start:stop]:
        if t.i == head:
            continue
        outside = not start <= t.head < stop or t.head == t.i
        circular = head in s.subtree(t.i)
        if outside or circular:
            relation = {"DET": "det", "ADJ": "amod", "ADP": "case", "NUM": "nummod", "ADV": "advmod"}.get(
                t.upos, "compound"
            )
            if t.i > head and t.upos in NOMINAL:
                relation = "nmod"
            edits.append((t.i, head, relation))
    return edits


def _rest(s: Sentence, verb: int, stranded: int, edits: list[tuple[int, int, str]]) -> bool:
    """Hang what follows the verb on it; whether an object is among it."""
    found = False
    for t in s.tokens[verb + 1 : _end(s)]:
        if t.i == stranded:
            continue
        if t.head > verb and t.head != t.i:
            continue
        case = bool(phrases.marker_of(s, t.i)) and phrases.marker_of(s, t.i) != (stranded,)
        if t.upos in NOMINAL:
            edits.append((t.i, verb, "obl" if case else "obj"))
            found = found or not case
        elif t.head != verb:
            edits.append((t.i, verb, t.dep if t.dep != "root" else "advmod"))
    return found


def _wh(s: Sentence, aux: int, verb: int, stranded: int, filled: bool, named: bool) -> list[tuple[int, int, str]]:
    """Edits that give the wh-phrase its place under the verb."""
    case = s.tokens[0].i if s.tokens[0].upos == "ADP" else -1
    start = case + 1
    head = _phrase_head(s, start, aux)
    adverbial = s.tokens[start].text.lower() in ("where", "when", "why", "how") and (
        head < 0 or s.tokens[head].upos not in NOMINAL or head == start
    )
    if adverbial or head < 0:
        head = aux - 1
    edits = _inside(s, start, aux, head)
    if case >= 0:
        edits.append((case, head, "case"))
        relation = "obl"
    elif adverbial:
        relation = "advmod"
    elif stranded >= 0:
        edits.append((stranded, head, "case"))
        relation = "obl"
    else:
        relation = "xcomp" if named else "obl:unmarked" if filled else "obj"
    edits.append((head, verb, relation))
    return edits


@rule(
    "repair",
    "root",
    example="Was/be/AUX/2/cop Iran/Iran/PROPN/0/root in//ADP/4/case CENTO/CENTO/PROPN/2/nmod ?/?/PUNCT/2/punct",
    yields=("be(subj=Iran; obl:in=CENTO)",),
    counter="Was/be/AUX/4/cop Iran/Iran/PROPN/4/nsubj in//ADP/4/case CENTO/CENTO/PROPN/0/root ?/?/PUNCT/4/punct",
)
def inverted_place(a: Analysis, t: Token) -> None:
    """*Was X in Y?* asks whether X was in Y: the phrase with the preposition is the predicate."""
    s = a.sentence
    if s.tokens[0].text.lower() not in BEING or s.tokens[0].head != t.i or s.child(t.i, "nsubj"):
        return
    if t.upos not in NOMINAL and not (t.i == 1 and t.text[:1].isupper()):
        return
    places = [c for c in s.children(t.i, "nmod", "obl") if c.i > t.i and phrases.marker_of(s, c.i)]
    if phrases.marker_of(s, t.i) or not places:
        return
    place = places[-1]
    if phrases.marker_text(s, phrases.marker_of(s, place.i)) == "of":
        return
    moved = [(c.i, place.i, c.dep) for c in s.children(t.i, "punct")]
    a.mend((place.i, place.i, "root"), (t.i, place.i, "nsubj"), (0, place.i, "cop"), *moved)


@rule(
    "repair",
    "root",
    example="What//PRON/0/root is/be/AUX/3/cop CENTRASBAT/CENTRASBAT/PROPN/1/nsubj ?/?/PUNCT/1/punct",
    yields=("what(attr=What; subj=CENTRASBAT)", "centrasbat(subj=What; attr=CENTRASBAT)"),
    counter="What//PRON/0/root is/be/AUX/1/cop CENTRASBAT/CENTRASBAT/PROPN/1/nsubj ?/?/PUNCT/1/punct",
)
def what_is(a: Analysis, t: Token) -> None:
    """*What is X?* and *who was X?* ask for what X is, whatever the parser makes of the *what*."""
    s = a.sentence
    if (
        len(s) < 3
        or s.tokens[0].text.lower() not in ("what", "who")
        or s.tokens[1].text.lower() not in BEING
        or 0 < t.i < 2
    ):
        return
    what, be = s.tokens[0], s.tokens[1]
    if what.dep == "root" and be.head != 0:
        a.mend((1, 0, "cop"))
        return
    if t.upos not in NOMINAL or (what.head == t.i and what.dep == "nsubj" and be.dep == "cop") or s.child(t.i, "nsubj"):
        return
    if any(w.upos in ("VERB", "AUX") for w in s.tokens[2:]):
        return
    a.mend((0, t.i, "nsubj"), (1, t.i, "cop"))


@rule(
    "repair",
    "nsubj",
    example=(
        "Which//DET/2/det groupings/grouping/NOUN/6/nsubj does/do/AUX/6/aux the//DET/5/det "
        "CIS/CIS/PROPN/6/nsubj have//VERB/0/root ?/?/PUNCT/6/punct"
    ),
    yields=("have(obj=Which groupings; subj=the CIS)",),
    counter=(
        "Which//DET/2/det groupings/grouping/NOUN/3/nsubj have//VERB/0/root members/member/NOUN/3/obj ?/?/PUNCT/3/punct"
    ),
)
def fronted(a: Analysis, t: Token) -> None:
    """With the subject behind the auxiliary, the wh-phrase before it is the object or an adjunct."""
    s = a.sentence
    verb = s.tokens[t.head]
    later = [c for c in s.children(verb.i, "nsubj", "obj") if t.i < c.i < verb.i and not phrases.marker_of(s, c.i)]
    between = [c for c in s.children(verb.i, "aux", "cop") if later and t.i < c.i < later[0].i]
    words = (t, *s.children(t.i, "det", "amod", "nmod:poss", "advmod"))
    asks = any(w.text.lower() in WH for w in words) or any(
        c.text.lower() in WH for c in s.children(verb.i, "obl") if c.i < t.i
    )
    if not later or not between or not asks or verb.upos != "VERB":
        return
    before = s.tokens[0]
    filled = any(c.i > verb.i for c in s.children(verb.i, "obj"))
    edits = [(t.i, verb.i, "obl" if before.upos == "ADP" or filled else "obj"), (later[0].i, verb.i, "nsubj")]
    edits += [(c.i, t.i, "det") for c in s.children(verb.i, "obl") if c.i < t.i and c.text.lower() in WH]
    if before.upos == "ADP" and before.head < t.i:
        edits.append((0, t.i, "case"))
    a.mend(*edits)


@rule(
    "repair",
    "root",
    example=(
        "What//DET/2/det entity//NOUN/3/compound deals/deal/NOUN/0/root with//ADP/5/case staff//NOUN/3/nmod "
        "?/?/PUNCT/3/punct"
    ),
    yields=("deal(subj=What entity; obl:with=staff)",),
    counter=(
        "What//DET/2/det entity//NOUN/3/nsubj deals/deal/VERB/0/root with//ADP/5/case staff//NOUN/3/obl "
        "?/?/PUNCT/3/punct"
    ),
)
def asked_subject(a: Analysis, t: Token) -> None:
    """A question that begins with *who*, *what N* or *which N* and shows no verb has one that was taken for a noun."""
    s = a.sentence
    if s.tokens[0].text.lower() not in WH or s.tokens[0].upos == "ADV" or len(s) < 3 or s.tokens[-1].text != "?":
        return
    if any(w.upos in ("VERB", "AUX") for w in s.tokens):
        return
    known = lexicon.load()
    for w in s.tokens[1 : _end(s)]:
        before = s.tokens[w.i - 1]
        lemma = next((lemma for lemma, pos in known.lemmas_of(w.text.lower()) if pos == "v"), "")
        after = s.tokens[w.i + 1].upos if w.i + 1 < len(s) else ""
        inflected = lemma and lemma != w.text.lower()
        if not inflected or after in ("PUNCT", "NOUN", "") or before.upos not in NOMINAL:
            continue
        subject = _phrase_head(s, 0, w.i)
        edits = [(w.i, w.i, "root"), (subject, w.i, "nsubj"), *_inside(s, 0, w.i, subject)]
        _rest(s, w.i, -1, edits)
        edits += [(c.i, w.i, "punct") for c in s.tokens[_end(s) :]]
        past = "Past" if w.text.lower().endswith("d") else "Pres"
        a.mend(*edits, note="question", verb=(w.i, lemma, f"Tense={past}|VerbForm=Fin"))
        return


RULES = (fronted, asked_subject, inverted_place, what_is, inverted_verb)
