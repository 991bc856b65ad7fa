"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { LOCALE_COOKIE, LOCALES } from "#app/_i18n/locale.ts";
import { context } from "./context.ts";
import { THEME_COOKIE } from "./theme.ts";
import { THEMES } from "./theme-names.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps the chosen colours in a cookie. Open to everybody: it changes nothing but the sender's own cookie. */
export async function chooseThemeAction(theme: string): Promise<void> {
  await remember(THEME_COOKIE, theme, THEMES);
}

/** Keeps the chosen language in a cookie. Open to everybody, as the theme is. */
export async function chooseLocaleAction(locale: string): Promise<void> {
  await remember(LOCALE_COOKIE, locale, LOCALES);
}

/** Ends the session in the database, so that a copy of the cookie is worthless too. */
export async function signOutAction(): Promise<void> {
  await context().auth.api.signOut({ headers: await headers() });
  redirect("/sign-in");
}

async function remember(name: string, value: string, allowed: readonly string[]): Promise<void> {
  if (!allowed.includes(value)) return;
  const jar = await cookies();
  jar.set(name, value, { path: "/", maxAge: YEAR_SECONDS, sameSite: "lax", httpOnly: true });
}
