"""Article -> Extraction: a stage a package, `rules` runs them in order."""
