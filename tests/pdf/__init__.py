"""PDF files drawn by hand for the tests: forms in many styles, and every damage that a published file can have."""
