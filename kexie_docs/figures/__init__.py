"""Figures: quantities with unit, hedge and scale; parsed from and printed as people write them."""
