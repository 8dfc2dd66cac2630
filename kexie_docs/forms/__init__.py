"""Forms that other offices made, filled from an input: Word files with tags, PDF forms with fields."""
