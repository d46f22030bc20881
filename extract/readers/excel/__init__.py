"""Excel workbooks: the cells of their visible sheets as the rows of a form."""
