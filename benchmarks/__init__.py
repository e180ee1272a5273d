"""Speed and exactness of scoring, each peer against the others in one run."""
