"""What the questions are like: their quality, their map, and the places and times they speak of."""
