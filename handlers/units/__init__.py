"""The tree of units and the chat groups that serve them."""
