"""What people see: the command line, pictures, and reports."""
