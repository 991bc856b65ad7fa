import { cookies } from "next/headers";
import { THEMES, type Theme } from "./theme-names.ts";

export const THEME_COOKIE = "outlay_theme";

/** Read on the server, so that the first paint already has the right colours. */
export async function currentTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return THEMES.find((theme) => theme === chosen) ?? "system";
}
