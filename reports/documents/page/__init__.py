"""A web page to the blocks of the article in it. Pure."""
