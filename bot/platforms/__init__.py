"""One file per channel: each turns what a platform says into `Inbound` and an `Outgoing` into its calls."""
