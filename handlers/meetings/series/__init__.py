"""Meetings that come round (定期会议), times that are looked for (找时间), and bodies that must not meet too rarely."""
