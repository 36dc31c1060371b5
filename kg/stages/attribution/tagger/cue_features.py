"""What tells a cue from other words: features of one token, as strings."""

from __future__ import annotations

from .scene import Scene, key_of, kind_of

COMPLEMENT = frozenset(("ccomp", "xcomp", "acl", "advcl", "relcl"))
OBJECT = frozenset(("dobj", "pobj", "attr", "oprd", "dative"))
POLARITY = frozenset(("neg", "aux", "auxpass", "prt"))
BOUNDARY = "<>"


def cue_features(scene: Scene, i: int, ratio: str) -> list[str]:
    """The features of token `i` as a possible cue; `ratio` says how often words like it are cues, in steps.

    A feature's name ends in "=", its value follows; no feature is longer than
    a word or two, so that their number stays linear in the number of words.
    """
    document, lemmas = scene.document, scene.lemmas
    tokens = document.tokens
    t = tokens[i]
    lemma, dep, tag = lemmas[i], t.dep, t.tag
    key = key_of(lemma, t)
    head = tokens[t.head]
    f = [
        "", f"l={key}", f"w={t.lower}", f"t={tag}", f"d={dep}", f"lt={lemma}/{tag}", f"ld={key}/{dep}", f"r={ratio}",
        f"rd={ratio}/{dep}", f"rt={ratio}/{tag}", f"s={t.lower[-3:]}", f"z={min(scene.depths[i], 6)}",
        f"k={document.kind(i)}", f"lk={lemma}/{document.kind(i)}",
    ]  # fmt: skip
    if t.head != i:
        side = "<" if t.head > i else ">"
        f += [
            f"hl={lemmas[head.i]}", f"ht={head.tag}", f"dht={dep}/{head.tag}{side}", f"lhl={lemma}/{lemmas[head.i]}",
            f"dhl={dep}/{lemmas[head.i]}", f"hd={dep}/{head.dep}",
        ]  # fmt: skip
        for c in document.children[head.i]:
            k = tokens[c]
            if c != i and k.dep in ("nsubj", "ccomp", "xcomp", "dobj", "aux", "neg", "mark"):
                f.append(f"sib={k.dep}{'<' if c < i else '>'}")
        if head.head != head.i:
            f += [f"hhl={lemmas[head.head]}", f"hht={head.dep}/{tokens[head.head].tag}"]
    f += _kids(scene, i, key, ratio)
    who = scene.speaker(i)
    kind = kind_of(who) if who is not None else "-"
    f += [f"su={kind}", f"lsu={key}/{kind}", f"rsu={ratio}/{kind}"]
    if who is not None:
        f.append(f"sul={lemmas[who.i]}")
    f += _above(scene, i)
    f += _neighbours(scene, i, lemma)
    return f


def _kids(scene: Scene, i: int, key: str, ratio: str) -> list[str]:
    document, lemmas, quoted = scene.document, scene.lemmas, scene.quoted
    tokens = document.tokens
    f: list[str] = []
    deps: set[str] = set()
    complement = "-"
    for c in document.children[i]:
        k = tokens[c]
        if k.dep == "punct":
            continue
        side = "<" if c < i else ">"
        deps.add(k.dep)
        f += [f"c={k.dep}{side}", f"lc={key}/{k.dep}{side}", f"cl={k.dep}/{lemmas[c]}", f"ct={k.dep}/{k.tag}{side}"]
        if k.dep in POLARITY:
            f.append(f"lp={key}/{lemmas[c]}")
        elif k.dep in COMPLEMENT:
            inner = next((tokens[x] for x in document.children[c] if tokens[x].dep in ("mark", "aux", "advmod")), None)
            mark = inner.lower if inner is not None else "-"
            complement = f"{k.dep}/{mark}{side}{'q' if quoted[c] else ''}"
            f += [f"cc={complement}/{k.tag}", f"lcc={key}/{k.dep}/{mark}", f"rcc={ratio}/{complement}"]
        elif k.dep in OBJECT:
            f += [f"lo={key}/{lemmas[c]}", f"ot={k.dep}/{kind_of(k)}", f"lot={key}/{kind_of(k)}"]
        elif k.dep in ("prep", "agent", "prt"):
            o = next((tokens[x] for x in document.children[c] if tokens[x].dep in ("pobj", "pcomp")), None)
            f += [f"lpr={key}/{k.lower}", f"rpr={ratio}/{k.lower}"]
            if o is not None:
                f += [f"po={k.lower}/{lemmas[o.i]}", f"lpo={key}/{k.lower}/{kind_of(o)}"]
    shape = ",".join(sorted(deps & FRAME))
    f += [f"fr={shape}", f"lfr={key}/{shape}", f"rfr={ratio}/{shape}", f"co={complement}"]
    return f


FRAME = frozenset(
    "nsubj nsubjpass dobj ccomp xcomp agent attr acomp oprd dative neg poss acl parataxis advcl auxpass mark expl "
    "csubj".split()
)


def _above(scene: Scene, i: int) -> list[str]:
    """The nearest clause above that takes token `i`'s clause as its complement."""
    document, lemmas = scene.document, scene.lemmas
    tokens = document.tokens
    f: list[str] = []
    k, steps = i, 0
    while tokens[k].head != k and steps < 6:
        if tokens[k].dep in ("ccomp", "xcomp", "acl", "relcl", "advcl", "parataxis", "conj", "pcomp"):
            h = tokens[k].head
            f.append(f"up{len(f)}={tokens[k].dep}/{lemmas[h]}{'<' if h > i else '>'}")
            if len(f) == 2:
                break
        k, steps = tokens[k].head, steps + 1
    return f or ["up0="]


def _neighbours(scene: Scene, i: int, lemma: str) -> list[str]:
    document, quoted = scene.document, scene.quoted
    tokens = document.tokens
    sentence = document.sentences[tokens[i].sentence]
    f: list[str] = []
    around: dict[int, str] = {}
    for k in (-2, -1, 1, 2):
        j = i + k
        inside = sentence.start <= j < sentence.end
        word, tag = (tokens[j].lower, tokens[j].tag) if inside else (BOUNDARY, BOUNDARY)
        around[k] = word
        f += [f"n{k}={word}", f"m{k}={tag}"]
    f += [
        f"ln={lemma}/{around[1]}",
        f"pl={around[-1]}/{lemma}",
        f"tri={around[-1]}/{around[1]}",
        f"nn={around[1]}/{around[2]}",
    ]
    left = next((i - j for j in range(i - 1, sentence.start - 1, -1) if quoted[j]), 99)
    right = next((j - i for j in range(i + 1, sentence.end) if quoted[j]), 99)
    f += [f"ql={_step(left)}", f"qr={_step(right)}", f"qq={_step(left)}/{_step(right)}"]
    first, last = scene.sentences_of[tokens[i].block]
    before = tokens[i].sentence > first and quoted[sentence.start - 1]
    after = tokens[i].sentence + 1 < last and quoted[sentence.end]
    f.append(f"qs={int(quoted[sentence.start])}{int(quoted[sentence.end - 1])}{int(before)}{int(after)}")
    f.append(f"at={_step(i - sentence.start)}/{_step(sentence.end - i)}")
    f.append(f"bl={min(tokens[i].block, 3)}")
    return f


def _step(n: int) -> str:
    """A distance in rough steps."""
    return str(n) if n <= 3 else "5" if n <= 5 else "9" if n <= 9 else "20" if n <= 20 else "+"
