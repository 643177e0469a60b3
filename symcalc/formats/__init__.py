"""One file, one output format: a Result in, the text to show out."""
