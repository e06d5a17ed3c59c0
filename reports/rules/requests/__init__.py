"""B: table 3, requests received and handled."""
