"""How cheaply and how politely the columns are watched: ``make bench-crawl``."""
