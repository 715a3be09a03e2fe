"""From an article's text to the units a model reads, and from its hypotheses to checked bullets. No engine here."""
