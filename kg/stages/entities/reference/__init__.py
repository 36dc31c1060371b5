"""Who is meant: candidates for a pronoun or a description, weighed together by a trained ranker, or nobody."""
