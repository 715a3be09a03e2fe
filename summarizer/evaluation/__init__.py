"""Figures that a reviewer would trust: ROUGE, chrF, BLEU, anchors, faithfulness, significance, tables and the report.

The path from article to bullets imports nothing from here.
"""
