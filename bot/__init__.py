"""The roof: what is connected. Platforms, clock, post office, web, command line and configuration."""
