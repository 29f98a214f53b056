"""What several commands say, in words for people and as JSON."""
