"""How good an extraction is, held against gold."""
