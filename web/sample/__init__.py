"""The sample site: a small loopback web site that publishes reports as real sites do."""
