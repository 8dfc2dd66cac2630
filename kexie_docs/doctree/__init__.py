"""The document between templates and writers: what it says, and which style each part has."""
