"""Many articles into one file, resumably: `summarizer batch`. How one article is summarised is `summarizer.api`'s
business; here it is chunks of articles, processes that work on them, and files that outlive a killed run."""
