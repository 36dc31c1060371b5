"""Records <-> RDF: the terms, the names of nodes, and the one writer and the one reader of our graphs."""
