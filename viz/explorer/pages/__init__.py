"""The pages, each from plain data to markup; they ask nothing themselves."""
