"""The status page: shows what the database holds, and changes nothing."""
