"""GAP, GUM and annotated news -> the rankers of references, with what they score on folds that they did not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...resources import resource
from ...stages.attribution.encoder.encoder_weights import load
from ...stages.attribution.encoder.glance import Glance
from ...stages.attribution.encoder.words import words_of
from ...stages.entities.reference.article_scene import Pointer
from ...stages.entities.reference.ranker_weights import POINTED, Ranker, References
from ...text.article import Article
from ...text.document import Document, parse
from ..folds import FOLDS, fold_of
from .boosting import boost
from .ranking_questions import Choose, Pointers, Posed, of_all
from .reference_corpora import (
    Passage,
    read_cases,
    read_gap,
    read_gum,
    read_invented,
    read_meant,
)

_TREES = {
    "max_iter": 200,
    "learning_rate": 0.07,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 15,
    "l2_regularization": 1.0,
}
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "personal": {**_TREES, "max_features": 0.2, "min_samples_leaf": 40, "l2_regularization": 5.0},
    "neuter": {**_TREES, "max_iter": 60, "max_leaf_nodes": 6, "min_samples_leaf": 10},
    "noun": {**_TREES, "max_iter": 120, "max_leaf_nodes": 6, "min_samples_leaf": 10, "max_features": 0.3},
}
LEAST = {"personal": 0.4, "neuter": 0.75, "noun": 0.65}
"""The probability from which one is decided for: the best F1 of GAP on folds, and nine nouns of ten in news right."""
SPEAKING: Mapping[str, float] = {**LEAST, "personal": 0.6}
"""The same for who speaks: up to here, of the answers that a higher one leaves out two of three are wrong."""

Fitted = Mapping[str, Ranker]


@dataclass(frozen=True, slots=True)
class ReferenceCorpora:
    """Where the texts lie that references are learnt from; the project's own cases come on top.

    `texts` holds the news of `data/gold/meant.jsonl`.
    """

    gap: Path
    gum: Path
    texts: Path
    written: Path | None = None

    def passages(self, model: str | None) -> list[tuple[Passage, Document]]:
        """All passages, parsed."""
        own = read_cases(
            resource("data/gold/entities.jsonl"), resource("data/gold/sources.jsonl"), lambda a: parse(a, model)
        )
        invented = read_invented(self.written) if self.written else ()
        news = read_meant(resource("data/gold/meant.jsonl"), self.texts)
        texts = [*read_gap(self.gap), *read_gum(self.gum), *own, *invented, *news]
        return [(p, parse(Article(p.text), model)) for p in texts]


def train(
    corpora: ReferenceCorpora,
    card: Mapping[str, Any],
    encoders: Path | None,
    model: str | None,
    tell: Callable[[str], None],
) -> tuple[References, dict[int, References]]:
    """The rankers, trained in two rounds: in the second, what comes before a question is answered as the first does.

    `encoders` has weights of the encoder that have not learnt from a fold.
    """
    return _train_parsed(corpora.passages(model), card, tell, _pointers_of(encoders) if encoders else _no_pointer)


def _no_pointer(passage: Passage, document: Document) -> Pointer | None:
    return None


def _pointers_of(folder: Path) -> Pointers:
    """What gives for a passage the encoder that has not learnt from its fold, in folders fold0, fold1 ..."""
    encoders = [
        load(folder / f"fold{fold}" / "reader.onnx", folder / f"fold{fold}" / "reader.npz") for fold in range(FOLDS)
    ]

    def pointer(passage: Passage, document: Document) -> Pointer:
        encoder = encoders[fold_of(passage.name)]
        words = words_of(document.article, encoder.vocabulary, document.blocks)
        readings, vectors = encoder.look(words)
        return Glance(document, words, readings, vectors, encoder.arrays)

    return pointer


def _train_parsed(
    parsed: Sequence[tuple[Passage, Document]],
    card: Mapping[str, Any],
    tell: Callable[[str], None],
    pointers: Pointers = _no_pointer,
) -> tuple[References, dict[int, References]]:
    """The rankers of parsed passages, and for each fold those that have not learnt from it.

    `pointers` give for a passage an encoder that has not learnt from its fold.
    """
    nobody: Mapping[str, Choose] = dict.fromkeys(SETTINGS, lambda found: None)
    posed = of_all(parsed, dict.fromkeys(range(FOLDS), nobody))
    first = {fold: _fit([q for q in posed if q.fold != fold]) for fold in range(FOLDS)}
    tell(f"folds, first round: {_scores(posed, first)}")
    chosen = {fold: {what: fitted[what].choose for what in SETTINGS} for fold, fitted in first.items()}
    posed = of_all(parsed, chosen, pointers)
    folds = {fold: _fit([q for q in posed if q.fold != fold]) for fold in range(FOLDS)}
    found = {"grammar": _scores(posed, folds)}
    if any(name.endswith(POINTED) for name in folds[0]):
        found["grammar and encoder"] = _scores(posed, folds, POINTED)
    tell(f"folds: {found}")
    card = {**card, "questions": len(posed), "folds": found}
    return References(_fit(posed), card), {fold: References(fitted, card) for fold, fitted in folds.items()}


def _fit(posed: Sequence[Posed]) -> Fitted:
    """A ranker for each kind of question, and one more for "he" and "she" where an encoder has pointed."""
    fitted = {}
    for what, settings in SETTINGS.items():
        questions = [q.question for q in posed if q.what == what and q.question.numbers]
        names = tuple(questions[0].numbers[0])
        plain = tuple(name for name in names if not name.startswith("points"))
        fitted[what] = Ranker(boost(questions, plain, settings), plain, LEAST[what], SPEAKING[what])
        if plain != names and what == "personal":
            fitted[what + POINTED] = Ranker(boost(questions, names, settings), names, LEAST[what], SPEAKING[what])
    return fitted


CORPORA = ("GUM", "news", "cases", "written")


def _corpus_of(posed: Posed) -> str:
    """Where a question comes from."""
    if posed.passage.startswith("development-"):
        return "GAP"
    starts = {"GUM": "GUM", "case": "cases", "entity": "cases", "written": "written"}
    return next((corpus for start, corpus in starts.items() if posed.passage.startswith(start)), "news")


def _scores(posed: Sequence[Posed], folds: Mapping[int, Fitted], pointed: str = "") -> dict[str, Any]:
    """How well each question is answered by the rankers that did not learn from it: GAP's F1s, and shares right."""
    asked = [(q, folds[q.fold].get(q.what + pointed, folds[q.fold][q.what])) for q in posed]
    chosen = [ranker.choose(q.question.numbers) for q, ranker in asked]
    answers = [found[0] if found is not None else None for found in chosen]
    gap = [(q, a) for q, a in zip(posed, answers, strict=True) if _corpus_of(q) == "GAP"]
    found: dict[str, Any] = {"gap": _gap(gap)}
    for what in SETTINGS:
        for corpus in CORPORA:
            rest = [(q, a) for q, a in zip(posed, answers, strict=True) if q.what == what and _corpus_of(q) == corpus]
            said = [(q, a) for q, a in rest if a is not None and q.whose[a] is not None]
            right = sum(q.question.right[a] for q, a in said if a is not None)
            found[f"{what} {corpus}"] = {"named": sum(q.named for q, _ in rest), "said": len(said), "right": right}
    return found


def _gap(answered: Sequence[tuple[Posed, int | None]]) -> dict[str, float]:
    """F1 over the two names of all rows, as GAP counts it."""
    found = {}
    for group, words in (("all", None), ("feminine", ("she", "her", "hers")), ("masculine", ("he", "him", "his"))):
        right = said = true = 0
        for q, a in answered:
            if words is None or q.word in words:
                whose = q.whose[a] if a is not None else None
                said += whose is not None
                true += q.wanted is not None
                right += whose is not None and whose == q.wanted
        found[group] = round(200 * right / max(1, said + true), 1)
    return found
