"""The parts of the pages that tell others what a study found."""
