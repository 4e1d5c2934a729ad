"""The ground storey: what is remembered. Records, tables and the only queries on them; nothing here decides."""
