"""The page to read in and its HTTP API, on FastAPI and uvicorn. Nothing here is imported before `summarizer serve` runs.

`view` (what a page shows of an article) and `assets` (the page's files) need neither and also serve the HTML writer.
"""
