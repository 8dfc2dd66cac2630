"""From files to the model, with the place of every value."""
