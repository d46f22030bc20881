"""One module for each part of the form: found blocks in, facts out."""
