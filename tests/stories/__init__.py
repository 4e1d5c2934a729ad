"""Stories: a neighbourhood's affairs told from the chat's side, in every manner a world can treat its house."""
