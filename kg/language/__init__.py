"""English, once: what every stage asks of words and marks."""
