/** The team of spend that nothing gives to a team. */
export const UNALLOCATED = "unallocated";
