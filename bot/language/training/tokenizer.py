"""spaCy's English tokenizer, bent towards the word boundaries of Universal Dependencies.

The rules were read off EWT's and GUM's training parts: UD keeps *non-profit* and *e-mail* whole and splits
*24-hour* and *AK-47* at the hyphen, keeps telephone numbers and a run of equal signs (``!!!``, ``====``) whole, and
writes abbreviations as one word, so that their full stop cannot look like the end of a sentence.
"""

from __future__ import annotations

import re
from typing import Any

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
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
