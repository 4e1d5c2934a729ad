"""Papers drawn: as .docx an office prints, as a picture for the chat, as entries of a phone's calendar."""
