"""Model families as records, the codec between text and token ids, loading, warm start."""

from summarizer.models.codec import Codec, load_codec
from summarizer.models.families import FAMILIES, Family, family_of
from summarizer.models.loading import load_model, resolve

__all__ = ["FAMILIES", "Codec", "Family", "family_of", "load_codec", "load_model", "resolve"]
