"""The training of the encoder (torch) and of the arbiter over its readings and the grammar's drafts (scikit-learn)."""
