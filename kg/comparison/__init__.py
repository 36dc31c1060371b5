"""What several reporters say of one thing: figures beside figures, and who is one voice with whom."""
