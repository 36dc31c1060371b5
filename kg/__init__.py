"""Who said what in the news, on whose word, with which figures, in which role, and where the text says so."""
