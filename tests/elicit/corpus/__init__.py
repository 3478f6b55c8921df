"""Forms of replies written for these tests: what a model may send, and the one right reading of it, or none."""
