"""The conditional sweep: asks every known address whether it has changed, beside Scrapy's engine."""
