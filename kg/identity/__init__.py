"""Who is the same across articles: pairs compared, merges decided and undone, links to what others have about them."""
