"""Cases of two readers, what the arbiter makes of them, and what the gold says of each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kg.language.quotes import find_quotations
from kg.stages.attribution import as_attributions
from kg.stages.attribution.arbiter import Arbiter, arbiter_of, calibrated, join
from kg.stages.attribution.asides import without_contested
from kg.stages.attribution.cases import Case, cases, shared
from kg.stages.attribution.constructions import Construction
from kg.stages.attribution.cues import CueClass, load_cues
from kg.stages.attribution.drafts import Draft
from kg.stages.attribution.encoder.decoding import EncoderReading
from kg.stages.attribution.mouths import in_right_mouths
from kg.stages.attribution.passes import drawn_drafts
from kg.stages.attribution.read_drafts import as_draft
from kg.stages.attribution.weighing import Weighed, rows, weighed
from kg.stages.forest import LEAF, Forest


def draft(head: int | None, source: tuple[int, ...], content: tuple[int, ...]) -> Draft:
    cue = () if head is None else (head,)
    return Draft(head, cue, source, content, CueClass.ASSERTS, Construction.CLAUSE)


def reading(anchor: int, source: tuple[int, ...], content: tuple[int, ...], p: float = 0.9) -> EncoderReading:
    return EncoderReading(anchor, p, p, source, (anchor,), content, 2.0)


def stump(feature: int, threshold: float, low: float, high: float) -> Forest:
    """One tree of one question."""
    return Forest(
        np.array([feature, LEAF, LEAF], np.int16), np.array([threshold, 0, 0], np.float64),
        np.array([1, 0, 0], np.int32), np.array([2, 0, 0], np.int32),
        np.array([0, low, high], np.float32), np.array([0], np.int32), 0.0,
    )  # fmt: skip


def arbiter(least: float = 0.5) -> Arbiter:
    """One that believes what has a reading, and takes the encoder's content."""
    return Arbiter(stump(0, 0.5, -3, 3), stump(0, 0.5, 3, 3), 1.0, 0.0, least)


# ---------------------------------------------------------------- cases


def test_a_common_cue_makes_a_case_before_a_common_content():
    readings = [reading(2, (0,), (3, 4, 5)), reading(8, (7,), (9, 10))]
    drafts = [draft(8, (7,), (3, 4, 5)), draft(2, (1,), (3, 4))]
    found = cases(readings, drafts, [0.4, 0.7])
    assert [(c.reading and c.reading.anchor, c.draft and c.draft.head, c.sure) for c in found] == [
        (2, 2, 0.7),
        (8, 8, 0.4),
    ]


def test_a_common_content_makes_a_case_unless_the_cue_stands_in_it():
    found = cases([reading(2, (0,), (3, 4, 5, 6))], [draft(None, (), (3, 4, 5))], [0.5])
    assert [(c.reading is not None, c.draft is not None) for c in found] == [(True, True)]
    nested = cases([reading(2, (0,), (3, 4, 5, 6))], [draft(4, (3,), (5, 6, 3))], [0.5])
    assert len(nested) == 2


def test_what_one_reader_alone_finds_is_a_case_too_and_nothing_is_lost():
    readings = [reading(k, (), (k + 1, k + 2)) for k in (0, 10, 20)]
    drafts = [draft(k, (), (k + 1,)) for k in (10, 30)]
    found = cases(readings, drafts, [0.1, 0.2])
    assert sorted(c.reading.anchor for c in found if c.reading) == [0, 10, 20]
    assert sorted(c.draft.head for c in found if c.draft) == [10, 30]
    assert shared((), ()) == 1.0


# ---------------------------------------------------------------- judgement


def weighed_case(
    read: Draft | None, drawn: Draft | None, later: tuple[int, ...] = (), earlier: tuple[int, ...] = ()
) -> Weighed:
    of_read = None if read is None else reading(read.head or 0, read.source, read.content)
    return Weighed(Case(of_read, drawn), read, earlier, later, (float(read is not None), float(drawn is not None)))


def test_either_reader_may_give_the_content_and_other_paragraphs_stay():
    case = weighed_case(draft(2, (0,), (3, 4, 9)), draft(2, (0, 1), (3, 4, 5, 9, 10)), later=(9, 10))
    assert join(case, read_content=True) == draft(2, (0, 1), (3, 4, 9, 10))
    assert join(case, read_content=False) == draft(2, (0, 1), (3, 4, 5, 9, 10))
    case = weighed_case(draft(8, (7,), (5, 6)), draft(8, (7,), (1, 2, 4, 5, 6)), earlier=(1, 2))
    assert join(case, read_content=True) == draft(8, (7,), (1, 2, 5, 6))


def test_the_source_is_the_grammars_and_at_odds_the_one_beside_the_cue_or_nobody():
    for read, drawn, wanted in (
        ((0, 1), (0,), (0,)), ((), (1,), (1,)), ((0,), (), ()),
        ((0,), (1,), (1,)), ((1,), (0,), (1,)), ((0,), (7,), (0,)), ((7,), (8,), ()), ((4, 5, 6), (5, 6), (5, 6)),
    ):  # fmt: skip
        assert join(weighed_case(draft(2, read, (3,)), draft(2, drawn, (3,))), read_content=True).source == wanted


def test_a_name_stays_before_what_explains_it(document):
    for text, wanted in (
        ("Ana, a teacher, said it was late.", "Ana, a teacher"),
        ("The toll that aid groups gave was low.", "aid groups"),
    ):
        d = document(text)
        (cue,) = (t.i for t in d.tokens if t.text in ("said", "gave"))
        whole = tuple(range(cue - 1 if d[cue - 1].text == "," else cue))
        part = whole[2:] if "Ana" in text else whole[3:]
        some = [Case(reading(cue, whole, (cue + 1,)), draft(cue, part, (cue + 1,)))]
        (case,) = weighed(d, find_quotations(d), load_cues(), some)
        source = join(case, read_content=False).source
        assert d.words(source[0], source[-1] + 1) == wanted


def test_a_source_that_the_encoder_does_not_see_needs_a_likely_case():
    some = [weighed_case(draft(2, (), (3,)), draft(2, (1,), (3,)))]
    likely = Arbiter(stump(0, 0.5, -3, 3), stump(0, 0.5, 3, 3), 1.0, 0.0, 0.4)
    doubtful = Arbiter(stump(0, 0.5, -3, 0.2), stump(0, 0.5, 3, 3), 1.0, 0.0, 0.4)
    assert [[d.source for d, _ in a.settle(some)] for a in (likely, doubtful)] == [[(1,)], [()]]


def test_who_does_an_active_verb_is_its_source_where_the_grammar_finds_nobody(document):
    for text, wanted in (
        ("The mayor, Rosa Lindqvist, denied on Monday that the ferry had been sold.", "Rosa Lindqvist"),
        ("The mayor was told on Monday that the ferry had been sold.", ""),
    ):
        d = document(text)
        (cue,) = (t.i for t in d.tokens if t.text in ("denied", "told"))
        that = next(t.i for t in d.tokens if t.text == "that")
        who, content = (0, 1) if "was" in text else (3, 4), tuple(range(that + 1, len(d) - 1))
        some = [Case(reading(cue, who, content), draft(cue, (), content))]
        (case,) = weighed(d, find_quotations(d), load_cues(), some)
        source = join(case, read_content=False).source
        assert (d.words(source[0], source[-1] + 1) if source else "") == wanted


def test_a_verb_that_one_counts_to_the_cue_and_the_other_to_what_is_denied_is_denied():
    read = replace(draft(2, (0,), (4, 5)), cue=(2, 3))
    assert join(weighed_case(read, draft(2, (0,), (3, 4))), read_content=True).content == (3, 4, 5)


def test_a_piece_of_an_earlier_sentence_is_no_content_but_the_whole_of_it_is(document):
    d = document("The mayor left early on Monday. Two aides blamed the paper, the Herald reported.")
    at = {t.text: t.i for t in d.tokens}
    own = tuple(range(at["Two"], at["paper"] + 1))

    def content(before: tuple[int, ...]) -> tuple[int, ...]:
        held = reading(at["reported"], (at["Herald"],), (*before, *own))
        return as_draft(d, find_quotations(d), load_cues(), held).content

    assert content((at["mayor"], at["left"])) == own
    assert content(tuple(range(at["Two"] - 1)))[0] == 0


def test_what_is_passed_over_amid_a_content_is_of_it_but_not_another_s_words(document):
    d = document("He told the court that the bench has power, but the petition of Tanvir does not on Friday.")
    at = {t.text: t.i for t in d.tokens}
    left, right = tuple(range(at["bench"] - 1, at["power"] + 1)), tuple(range(at["petition"] - 1, at["not"] + 1))

    def content(first: tuple[int, ...], last: tuple[int, ...]) -> str:
        found = as_draft(d, find_quotations(d), load_cues(), reading(at["told"], (0,), (*first, *last))).content
        return " ".join(d[i].text for i in found)

    assert content(left, right) == "the bench has power , but the petition of Tanvir does not"
    assert content(left[1:2], right[-1:]) == "bench has power , but the petition of Tanvir does not"

    d = document('"Talks are under way," Holm of the union told the paper, but they may fail.')
    at = {t.text: t.i for t in d.tokens}
    assert "Holm" not in content(tuple(range(1, at["way"] + 1)), tuple(range(at["they"], at["fail"] + 1)))


@pytest.mark.parametrize(
    ("text", "cue", "who"),
    [
        ("Ian Dorn, one of the critics, mocked the debate and complained that it was late.", "complained", "Dorn"),
        ("It differed from Ana Hale who has called him a crook.", "called", "who"),
        ("Hill wrote to them on Monday, appealing to them for help.", "appealing", "Hill"),
        ("Grassley likened it to Blom once touting his plan.", "touting", None),
        ("The storm has shown that the dam is weak.", "shown", None),
        ("The plan was said to be dead.", "said", None),
    ],
)
def test_words_without_a_source_are_whose_verb_it_is(document, text, cue, who):
    d = document(text)
    head = next(t.i for t in d.tokens if t.text == cue)
    said = draft(head, (), tuple(range(head + 1, len(d) - 1)))
    ((found, _),) = in_right_mouths(d, find_quotations(d), [(said, 0.9)])
    assert (who is None and not found.source) or who in [d[i].text for i in found.source]


def test_what_is_said_in_a_relative_clause_ends_with_it(document):
    d = document("The faction said the raid, which they said failed, was a crime.")
    at = {t.text: t.i for t in d.tokens}
    held = tuple(range(at["failed"], at["crime"] + 1))
    (found,) = as_attributions(d, find_quotations(d), [(draft(at["failed"] - 1, (at["they"],), held), 0.9)])
    assert [d.article.quote(span) for span in found.content] == ["failed"]


def test_source_words_are_never_content():
    case = weighed_case(draft(2, (1,), (4, 5)), draft(2, (0,), (1, 4, 5)))
    assert join(case, read_content=False) == draft(2, (1,), (4, 5))


def test_what_is_under_the_threshold_does_not_stand():
    some = [weighed_case(draft(2, (0,), (3, 4)), draft(2, (1,), (3,))), weighed_case(None, draft(8, (7,), (9,)))]
    assert [(d.head, p) for d, p in arbiter().settle(some)] == [(2, 0.9526)]
    assert [d.head for d, _ in arbiter(least=0.01).settle(some)] == [2, 8]
    assert arbiter().settle([]) == []


def test_what_a_source_says_stands_once():
    words = tuple(range(3, 13))
    twice = [weighed_case(draft(2, (0,), words), None), weighed_case(draft(1, (0,), words[:-1]), None)]
    assert [d.head for d, _ in arbiter().settle(twice)] == [2]
    apart = [weighed_case(draft(2, (0,), words), None), weighed_case(draft(1, (0,), words[:6]), None)]
    others = [weighed_case(draft(2, (0,), words), None), weighed_case(draft(14, (15,), words), None)]
    assert [len(arbiter().settle(some)) for some in (apart, others)] == [2, 2]


def test_half_of_another_quotation_is_left_out_but_not_half_of_the_only_one(document):
    d = document(
        'The coach said, "We were a strong side and had the ball". "They scored through our mistakes" he added.'
    )
    quotes = find_quotations(d)
    where = [[i for i in range(len(d)) if quotes.at[i] == q] for q in (0, 1)]
    (he,) = (t.i for t in d.tokens if t.text == "he")

    def content(held: tuple[int, ...]) -> tuple[int, ...]:
        return as_draft(d, quotes, load_cues(), reading(he + 1, (he,), held)).content

    half, whole = tuple(where[0][1:4]), tuple(where[1][1:-1])
    assert set(content((*half, *whole))) == set(content(whole))
    assert set(content(half)) & set(half)


def test_the_short_form_of_a_name_in_brackets_adds_nothing(document):
    d = document("The state ignored the Weston Health Organization (WHO), added Omar Hale, who runs a charity.")
    at = {t.text: t.i for t in d.tokens}
    content = tuple(range(0, at["WHO"] - 1))

    def source(held: tuple[int, ...]) -> tuple[int, ...]:
        return as_draft(d, find_quotations(d), load_cues(), reading(at["added"], held, content)).source

    assert source((at["WHO"],)) == () and source((at["Omar"], at["Hale"]))


def test_who_judges_a_statement_at_its_end_is_not_part_of_it(document):
    d = document("Mia Voss alleged that 4,000 ballots had vanished, an accusation Hill's party called absurd.")
    at = {t.text: t.i for t in d.tokens}
    alleged = draft(at["alleged"], (0, 1), tuple(range(at["4,000"], at["absurd"] + 1)))
    called = draft(at["called"], (at["Hill"], at["party"]), (at["an"], at["accusation"], at["absurd"]))
    kept = without_contested(d, [alleged, called])
    assert d.words(kept[0].content[0], kept[0].content[-1] + 1) == "4,000 ballots had vanished" and kept[1] == called
    # so where the judgement alone is his content: the noun behind the comma is a claim
    judged = draft(at["called"], (at["Hill"], at["party"]), (at["absurd"],))
    assert without_contested(d, [alleged, judged]) == [kept[0], judged]
    # what another says of something else stays
    d = document("Mia Voss alleged that 4,000 ballots had vanished, a habit Hill's party called absurd.")
    assert without_contested(d, [alleged, judged]) == [alleged, judged]


def test_the_arbiter_survives_its_arrays():
    again = arbiter_of(arbiter().arrays())
    some = [weighed_case(draft(2, (0,), (3, 4)), None)]
    assert again.settle(some) == arbiter().settle(some)
    assert (again.slope, again.offset, again.least) == (1.0, 0.0, 0.5)


@pytest.mark.parametrize(
    ("p", "slope", "offset", "wanted"), [(0.9, 1, 0, 0.9), (0.9, 0.5, 0, 0.75), (0.5, 1, 2, 0.8808)]
)
def test_probabilities_are_moved_to_what_was_seen(p, slope, offset, wanted):
    assert round(calibrated(p, slope, offset), 4) == wanted


# ---------------------------------------------------------------- rows, on a parse


@pytest.mark.model
def test_every_case_of_a_text_has_a_row_of_the_same_length(document):
    d = document(
        "Port closes: union\n\n“No ship sails,” said Ann Lee, adding that talks had failed. Officials denied it.\n\n"
        "“We had no choice.”"
    )
    quotes, lexicon = find_quotations(d), load_cues()
    drawn = drawn_drafts(d, quotes, lexicon, attitudes=False)
    said = next(t.i for t in d.tokens if t.text == "said")
    alone = EncoderReading(said - 2, 0.3, 0.2, (), (said - 2,), (said - 4, said - 3), 0.5)
    readings = [
        EncoderReading(said, 0.9, 0.95, (said + 1, said + 2), (said,), tuple(range(said - 5, said)), 3.0),
        alone,
    ]
    some = weighed(d, quotes, lexicon, cases(readings, [x for x, _ in drawn], [s for _, s in drawn]))
    table = rows(some)
    assert table.shape == (len(some), len(some[0].row))
    assert np.isfinite(table).all()
    assert sum(w.read is not None for w in some) == 2
    kept = as_attributions(d, quotes, arbiter(least=0.01).settle(some))
    assert all(d.article.quote(s) for a in kept for s in (*a.source, *a.cue, *a.content))


def test_a_tree_sends_rows_left_up_to_its_threshold():
    data = np.array([[9, 0.5], [9, 0.6]], np.float32)
    tree = stump(1, 0.5, -2, 2)
    assert tree.probabilities(data) == pytest.approx([1 / (1 + np.exp(2)), 1 / (1 + np.exp(-2))])
    assert tree.probabilities(np.zeros((0, 2), np.float32)).shape == (0,)


def test_a_cue_that_the_encoder_reads_at_words_without_one_is_theirs_with_its_source():
    read, drawn = draft(2, (0,), (4, 5, 6)), draft(None, (), (4, 5, 6))
    case = weighed_case(read, drawn)
    assert join(replace(case, cued=True), read_content=False) == read
    assert join(case, read_content=False).source == ()
