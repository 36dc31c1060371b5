"""What several reporters say of one thing: figures beside figures, claims, quotations, and who is one voice with whom.

How it does, by reading, with --fast. "Tuned" is all that was found in 1,079 articles (the bundled ones, PolNeAR's 840
of one campaign and 84, newsmix, Wikinews, re3d, SEER dev), on which rules were made. "Unseen" is what was found, before
any rule was made of it, in articles that nobody had read for this: 350 of 2001 and 2002, 567 of 13 to 16 March 2017
(of which 80 claims and 60 utterances were drawn by chance), for contradictions 551 of 17 to 20 March, too. "After" is
from these 551 with the rules that the others taught: 60 claims and 50 utterances by chance, all figures. "Fresh" is all
contradictions, conflicts and agreements in 1,314 articles of 22 February to 10 March and 24 to 30 March 2017 that
nobody had read, found before a rule was made of them; "fresh after" those in 1,253 of April 2016 to 17 February 2017
with the rules that these taught, and of figures those of nine pages on disputed numbers of dead, too.

| found | tuned | unseen | after | fresh | fresh after |
|---|---|---|---|---|---|
| one utterance | 131 of 132 | 64 of 68 | 50 of 50 | | |
| one claim | 188 of 198 | 77 of 98 | 57 of 60 | | |
| contradictions | 28 of 32 | 24 of 37 | | 27 of 40 | 10 of 14 |
| figures in conflict | 2 of 2 | 1 of 5 | 0 of 1 | none | 1 of 2 |
| figures that agree | 3 of 4 | 0 of 1 | 0 of 2 | 0 of 1 | 1 of 2 |

The pairs are in `data/gold/together.jsonl`, and `tests/benchmarks/together.py` counts them; each was read once, by
one who knew what was found. Of the 25 unseen utterances and claims that are wrong, 22 were a line about the site, which
stood in quotation marks because an apostrophe had become one; it does so no more. Contradictions by a denial were right
24 times of 30, those by a negation never in seven times: now sentences must be three quarters alike for it, which
leaves three of the seven right ones that PolNeAR has. Of the 37 the 24 right ones are found still, and four that are
wrong; that was tuned on. Figures that one article tells far apart without place or time, or of which one counts a part
of the other, are now ones to check: no conflict is left then of the six above, and one of the bundled articles.

Of the 13 fresh contradictions that are wrong, a denial pointed at a question, at what accused nobody, or at nothing and
was matched by its own words; one denied what he himself said. After that the 27 right ones are found still and three
that are wrong, and PolNeAR's 13 of 14: tuned on. Of the four that were wrong after it, three (a century as a number,
"declined to comment", "did not feel that was the case") are found no more: no draw was read after that, so that the aim
of 85 in 100 is not shown on unseen news. Verdicts on figures are too rare there (two conflicts in 2,567 articles and
nine pages) to say what they come to: of the nine pages six told of numbers of dead that contradict, and one was found.

Later that day 42 articles of eight stories that several publishers told (of 2014 to 2018, found by search) were read
before any rule was made of them: one claim 24 of 26, of which three are fragments of one quotation (one of the wrong
ones was no statement; in the other two denied what they were said to affirm), one utterance 10 of 10, contradictions 5
of 5, all within one article and two with a wrong or no speaker on one side, figures to check 2 of 2, no conflict,
although tolls of several of these stories contradict. Of planted reports, written before the rules, 8 of 20 conflicts
were found as such and 4 as ones to check, and 2 of 8 that look alike were said to be in conflict; 7 of 15
contradictions, and 2 of 10 that look alike. That made the rules, with which 13 of the 20 are found and 4 to check
(four pairs told again in other words: two single sentences that differ in a number are taken for reprints), none of
the 8, 12 of the 15, none of the 10. Of the judged pairs in five of the graphs above 50 right contradictions and 5
wrong ones are found, as many as before, and nine more that nobody had judged, all right: tuned on. In 13 further
articles of three stories one claim was right 14 times of 14 (and two rules were made of them), in 12 of two more,
after the last rule, 7 of 7, one utterance 7 of 7, to check 1 of 1. No contradiction and no conflict was found in
either, where people see some: what they come to on unseen news is not shown.

On the day after, 96 articles of 25 happenings of 2010 to 2024 were read in three draws. In the first (46 articles),
before any rule was made of it, contradictions were right 7 times of 7, one claim 24 of 24, one utterance 8 of 8,
conflicts 2 of 2, figures to check 9 of 9; but of some forty pairs of tolls and of counts of marchers that differ,
nine were to check. Why the others were not, by kind: the happening in other words (joined, took part, marchers; the
dead, people killed), "has risen to 41" taken for a change, long sentences that share little, two articles that name
one place but not most, who has the number of whom misread, or a count in the paper's own words. All but the last two
were mended: 20 to check, all right, and in some 600 articles of newsmix, Wikinews and PolNeAR one more, which is
wrong. In the other two draws (50 articles), after these rules, contradictions were right 5 times of 5, one claim 33
of 33, one utterance 17 of 19, figures to check 8 of 9; the three that were wrong made the last rules. So
contradictions were right 12 times of 12 on news that nobody had read, 11 of them within one article. What is denied
in other words ("was behind the attack", "involved in the attacks") is not found.

What a paper counts in its own words has the paper as its voice, and is compared with what other articles of three
days tell first, of one place smaller than a country (`scene`). With the rules for reported figures alone 10 verdicts
came of it in 1,116 articles (PolNeAR, newsmix, SEER, re3d, 132 others), all wrong, and 84 in 463 tolls and arrests of
7 February to 9 March 2017 (`NewsArticles`); most of those read were wrong. With a rule made of these (the first 500
characters, one place named) 3 were left of those, 1 right, and in 487 further articles, to the end of March, that
nobody had read for it, 7 came, 6 right. Since countries are no place of it none of the wrong ones is left: 7 of 7
right, all to check; tuned on. Without a day of printing nothing is compared so.

Why the encoder that reads who said what does not judge likeness: of 110 further pairs of sentences that share much,
from .48 of what both tell upwards, 33 say the same. By shared words they part with an AUC of .74, by the cosine of
mean vectors of the encoder .75, by the sum .78; no threshold on any of the three finds more than 8 of the 33 at a
precision of 85 %. That one named speaker makes both finds 8, with one that is wrong, and costs nothing: `AGAIN` in
`claims`.
"""
