/** The address of what is about the whole organisation; no team can have this slug. */
export const ALL_TEAMS = "_all";
