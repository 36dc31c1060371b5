"""A language model behind an OpenAI-compatible endpoint as an extractor: only words that are there count."""
