"""Minutes 会议纪要: put together from what was recorded, edited, read back, approved, corrected and published."""
