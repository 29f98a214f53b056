"""What pages and the JSON interface say alike, as frozen values that know nothing of the web."""
