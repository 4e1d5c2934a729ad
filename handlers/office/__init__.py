"""The office's papers: made of what is recorded, kept under numbers, shown before they are public, checked by a code."""
