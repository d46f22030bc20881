"""Filled assessment forms of invented places, with the truth about each: texts in many damaged shapes, and gold.

A truth is drawn from a seed (``fill``), laid out as the official form (``layout``), written in a shape
(``render_*``, ``dump``) and annotated (``gold``). Nothing here imports the code that it tests.
"""
