"""How papers look: .docx, pictures and calendar entries, opened again by other people's programs."""
