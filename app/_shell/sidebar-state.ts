/** How somebody likes the sidebar. Kept in a cookie, so that the server's first paint is right already. */
export type SidebarState = {
  /** Icons only. */
  readonly isNarrow: boolean;
  /** Groups that were opened or folded by hand; the others are as they come. */
  readonly isOpen: Readonly<Record<string, boolean>>;
};

export const SIDEBAR_COOKIE = "outlay_sidebar";
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const MOST_GROUPS = 20;

/** Reads `narrow.+costs.-control`; what is not understood is left out. */
export function readSidebar(text: string | undefined): SidebarState {
  const words = (text ?? "").split(".").slice(0, MOST_GROUPS);
  const groups = words.filter((word) => /^[+-][a-z]{1,20}$/.test(word));
  return {
    isNarrow: words.includes("narrow"),
    isOpen: Object.fromEntries(groups.map((word) => [word.slice(1), word.startsWith("+")])),
  };
}

/** The state as a cookie for the whole site. */
export function sidebarCookie({ isNarrow, isOpen }: SidebarState): string {
  const groups = Object.entries(isOpen).map(([name, open]) => `${open ? "+" : "-"}${name}`);
  const value = [...(isNarrow ? ["narrow"] : []), ...groups].join(".");
  return `${SIDEBAR_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
