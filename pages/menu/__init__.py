"""What stands beside every page: a search, and the pages in the order of work, with what the study in use has of each step."""
