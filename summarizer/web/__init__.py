"""The page to read in and its HTTP API, on FastAPI and uvicorn. Imported when `summarizer serve` runs, not before.

`view` (what a page shows of an article) and `assets` (the page's files) need neither; the HTML writer uses them too.
"""
