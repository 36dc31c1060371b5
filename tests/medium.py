"""What the medium pipeline, where Python 3.12 or newer installs it, reads otherwise than the small one that the tests are for."""

from __future__ import annotations

OTHERWISE = frozenset(
    (
        "tests/test_articles.py::test_names_mentions_and_posts_as_pinned",
        "tests/test_mentions.py::test_names[operation]",
        "tests/test_mentions.py::test_names[lead-kin]",
        "tests/test_newsroom.py::test_speaker_and_stance[wire-1]",
        "tests/test_newsroom.py::test_speaker_and_stance[tabloid-3]",
        "tests/test_newsroom.py::test_speaker_and_stance[business-9]",
        "tests/test_newsroom.py::test_speaker_and_stance[science-4]",
        "tests/test_newsroom.py::test_speaker_and_stance[disaster-7]",
        "tests/test_newsroom.py::test_speaker_and_stance[disaster-8]",
        "tests/test_newsroom.py::test_speaker_and_stance[disaster-12]",
        "tests/test_newsroom.py::test_names_are_whole_and_hold_no_title",
        "tests/test_sources.py::test_speakers[pronoun-not-the-named]",
        "tests/test_sources.py::test_speakers[survivor-named-later]",
        "tests/test_tidy.py::test_both_together[next act]",
    )
)
"""Tests that fail with it, each strictly: one that passes again has to leave the list."""
