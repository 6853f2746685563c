"""English and Chinese: what the rest of the program needs to know of each."""
