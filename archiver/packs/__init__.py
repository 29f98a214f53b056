"""Evidence packs: a citation with everything it stands on, in one WACZ file that a stranger can check without this software."""
