"""OFD to sheets of ink. Pure."""
