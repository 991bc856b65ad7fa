/** What client components of the frame, and of pages in several folders, take their words from. */
export const SHARED_MESSAGES: readonly string[] = [
  "Account",
  "Amount",
  "Chart",
  "Command",
  "Common",
  "Costs",
  "Exports",
  "Failure",
  "Groups",
  "Live",
  "Nav",
  "Period",
  "Shell",
  "Shortcuts",
  "Table",
];
