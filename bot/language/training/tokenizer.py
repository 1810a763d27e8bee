"""spaCy's English tokenizer, bent towards the word boundaries of Universal Dependencies.

The rules were read off EWT's and GUM's training parts: UD keeps *non-profit* and *e-mail* whole and splits
*24-hour* and *AK-47* at the hyphen, keeps telephone numbers and a run of equal signs (``!!!``, ``====``) whole, and
writes abbreviations as one word, so that their full stop cannot look like the end of a sentence.
"""

from __future__ import annotations

import re
from typing import Any

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# Prefixes that UD does not cut off at their hyphen (single more often than split in the training parts).
_KEPT_PREFIXES = """
non e re anti co mid pre pro cross post over semi ex sub multi counter mini inter socio
"""
KEPT_PREFIXES = _KEPT_PREFIXES.split()

_ABBREVIATIONS = """
No. Nos. etc. al. Ft. ft. Lt. Col. Sgt. Capt. Cpl. Maj. Adm. Gen. Gov. Sen. Rep. Reps. Hon. Mlle. Mme. Mr. Mrs.
Ms. Dr. Prof. Pres. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Jan. Feb. Apr. Jun. Jul. Aug. Sep. Sept. Oct.
Nov. Dec. Sr. Jr. Vol. vol. Vols. vols. Ch. ch. Sec. sec. Fig. fig. Figs. figs. Eq. eq. ed. eds. Eds. pp. p. cf.
Op. op. esp. Esp. approx. ca. c. vs. v. viz. i.e. e.g. Ave. Blvd. Rd. St. st. Mt. mt. Hwy. Bldg. Dept. dept.
Univ. Inst. Inc. Ltd. Corp. Co. Cos. Bros. Assn. Intl. Ont. Attn. ext. Ext. Ph. Conf. Sc. M.Sc. B.Sc. U.S. U.K.
U.N. E.U. U.S.A. U.S.S.R. D.C. a.m. p.m. A.M. P.M. Ph.D. M.D. B.A. M.A. B.C. A.D. b. d. resp. incl. Est. Rev.
Fr. Msgr. Messrs. Esq. hr. hrs. yr. yrs. lb. lbs. oz. sq. km.
"""
ABBREVIATIONS = _ABBREVIATIONS.split()

SPLIT = {
    "wanna": ("wan", "na"),
    "Wanna": ("Wan", "na"),
    "oughta": ("ought", "a"),
    "outta": ("out", "ta"),
}

# Contractions that people write without their apostrophe. spaCy lists all that could be (*wed* for *we'd*, *id* for
# *I'd*, *whys*), and most of those are words of their own or nobody's.
_BARE = """
im ive youre theyre weve youve theyve thats whats hes shes whos lets theres wheres hows itll youll theyll oughta
"""
BARE = _BARE.split()
BARE_ENDINGS = ("nt", "not", "nna", "tta")
CLITICS = ("n't", "'d", "'ll", "'re", "'ve", "'m", "'s")

# Python compiles a class of thousands of letters anew at every start; these say nearly the same in a few characters.
SHORT_CLASSES = {
    f"[{ALPHA}0-9]": r"[^\W_]",
    f"[{ALPHA}]": r"[^\W\d_]",
    ALPHA_LOWER: r"a-z\u00DF-\u00F6\u00F8-\u02AF\u03AC-\u03CE\u0430-\u045F\u1E00-\u1EFF",
    ALPHA_UPPER: r"A-Z\u00C0-\u00D6\u00D8-\u00DE\u0386-\u03AB\u0400-\u042F",
}

_RUN = r"=_*~#<>\-"


def adapt_tokenizer(nlp: Language) -> None:
    """Replace the affix rules of ``nlp.tokenizer`` and add the exceptions; all of it is saved with the model."""
    defaults = nlp.Defaults
    tokenizer: Any = nlp.tokenizer
    prefixes = [rf"(?P<run>[{_RUN}])(?P=run)+", r"(?P<stop>[!?.])(?P=stop)+", *(defaults.prefixes or ())]
    suffixes = [rf"(?P<run>[{_RUN}])(?P=run)+", r"[!?]{2,}", *(defaults.suffixes or ())]
    kept = "".join(rf"(?<!\b{prefix})" for prefix in KEPT_PREFIXES)
    general_hyphen = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"
    infixes = [rule for rule in defaults.infixes or () if rule != general_hyphen]
    if len(infixes) == len(defaults.infixes or ()):
        raise ValueError("spaCy's infix rule for hyphens has changed: review the tokenizer rules")
    infixes += [
        rf"(?<=[{ALPHA}])(?i:{kept})-(?=[{ALPHA}0-9])",
        rf"(?<=[0-9])-(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])(?:–|—|--|---|——|~)(?=[{ALPHA}0-9])",
    ]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.token_match = re.compile(
        r"(?:([=_*~#!?.<>\-])\1+|\(?\d{3}\)?-\d{3}-\d{4}|\d{3}-\d{4}|\d{1,2}-\d{1,2}-\d{2,4}|\d{4}-\d{2}-\d{2}"
        r"|\d{1,2}-[A-Z][a-z]{2}-\d{2,4}|#[A-Za-z]\w+)$"
    ).match
    rules = dict(tokenizer.rules)
    rules.pop("and/or", None)
    for abbreviation in ABBREVIATIONS:
        if abbreviation not in rules:
            rules[abbreviation] = [{"ORTH": abbreviation}]
    for form, (first, second) in SPLIT.items():
        rules[form] = [{"ORTH": first}, {"ORTH": second}]
    for form, norm in (("'m", "am"), ("'ve", "have"), ("'re", "are"), ("'ll", "will"), ("'d", "'d"), ("n't", "not")):
        rules[form] = [{"ORTH": form, "NORM": norm}]
    tokenizer.rules = rules


def slim_tokenizer(tokenizer: Any) -> None:
    """Leave out what costs time at every start and cuts no text otherwise: rules that the affixes make needless,
    contractions of three words (*they'd've*) and without apostrophe, letters named one by one."""
    for name in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        method = getattr(tokenizer, name)
        pattern = method.__self__.pattern
        for long, short in SHORT_CLASSES.items():
            pattern = pattern.replace(long, short)
        setattr(tokenizer, name, getattr(re.compile(pattern), method.__name__))
    rules = dict(tokenizer.rules)
    clitics = {form: rules[form] for form in CLITICS}
    bare = Tokenizer(
        tokenizer.vocab,
        rules=clitics,
        prefix_search=tokenizer.prefix_search,
        suffix_search=tokenizer.suffix_search,
        infix_finditer=tokenizer.infix_finditer,
        token_match=tokenizer.token_match,
        url_match=tokenizer.url_match,
    )
    needed = {form for form in rules if _words(tokenizer, form) != _words(bare, form) and not _unlikely(form, rules)}
    tokenizer.rules = {form: rule for form, rule in rules.items() if form in needed or form in clitics}


def _words(tokenizer: Any, form: str) -> list[tuple[str, str]]:
    return [(token.text, token.norm_) for token in tokenizer(form)]


def _unlikely(form: str, rules: dict[str, list[dict[int, str]]]) -> bool:
    words = len(rules[form])
    if words == 1 or not form[0].isalpha():
        return False
    apart = any(mark in form for mark in "'’")
    return words > 2 or not (apart or form.lower() in BARE or form.lower().endswith(BARE_ENDINGS))
