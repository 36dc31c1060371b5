"""An article as read, its blocks, and its parse: tokens with their place in the syntax tree."""
