"""What `make bench` measures: gains, beside those of other programs, and what time and memory things take."""
