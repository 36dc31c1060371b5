"""What is found in an article: plain frozen records with the spans that say so; they know no stage and no graph."""
