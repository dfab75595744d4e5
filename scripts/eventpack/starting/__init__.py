"""Start a new dataset: what is asked, the files that follow from the answers, and how they are put in place."""
