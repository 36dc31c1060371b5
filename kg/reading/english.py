"""Whether a text is English, by its function words: enough to refuse what the parser would turn into nonsense."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"(?<![\d.])[^\W\d_]+")  # not the "bn" of 8.5bn
_LATIN = re.compile("[\x00-\u024f\u1e00-\u1eff]")
_ENGLISH = frozenset(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which "
    "one you were her all she there would their we him been has when who will more no if out so said what up its about "
    "into than them can only other new some could time these may then do first any my now such like our over me".split()
)
_OTHERS = {
    "German": "der die das und ist nicht ein eine zu den mit sich auf für von dem des im auch als an es er dass wird",
    "French": "le la les de des du et un une est que qui dans pour pas sur au avec par il elle ce sont plus ne se",
    "Spanish": "el la los las de del y un una es que en por con para no se su al lo como más pero sus este fue",
    "Italian": "il lo la i gli le di del della e un una è che in per con non si da al sono come più ha",
    "Portuguese": "o a os as de do da dos e um uma é que em por com para não se no na ao mais foi como",
    "Dutch": "de het een en van is dat niet op te zijn met voor er aan die hij ook om als bij was nog naar",
    "Swedish": "och att det som en på är av för med den inte till har de ett om jag han men var sig från",
    "Danish": "og at det som en på er af for med den ikke til har de et om jeg han men var sig fra der",
    "Polish": "i w na z do nie się że to jest o jak po za od przez ale dla był tego są które oraz",
    "Turkish": "ve bir bu da de için ile olarak daha çok gibi olan ne sonra kadar en her değil ancak ise",
    "Indonesian": "yang dan di dengan untuk dari pada ini itu tidak dalam akan ke adalah juga oleh telah ada",
}  # fmt: skip
_RIVALS = {name: frozenset(words.split()) for name, words in _OTHERS.items()}


def other_language(text: str) -> str | None:
    """The language a text is in, as far as can be told, if that is not English; None if it is.

    Judged by the first thousand words that begin with a small letter. A text of
    fewer than eight of these in Latin letters is taken as English: there is too
    little to tell.
    """
    text = text[:8000]
    letters = "" if text.isascii() else "".join(filter(str.isalpha, text))
    if letters and len(_LATIN.findall(letters)) < 0.5 * len(letters):
        return "another script"
    # names say nothing of a language; where there is little else, there is too little to tell
    words = [word for word in _WORD.findall(text) if word[0].islower()][:1000]
    if len(words) < 8:
        return None
    counts = Counter(words)
    english = sum(map(counts.__getitem__, _ENGLISH))
    shares = {name: sum(map(counts.__getitem__, rivals)) for name, rivals in _RIVALS.items()}
    best = max(sorted(shares), key=shares.__getitem__)
    if shares[best] > english and shares[best] >= 0.1 * len(words):
        return best
    return None if english >= 0.1 * len(words) else "another language"
