import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, LOCALE_COOKIE } from "./locale.ts";

/** Locale by cookie, never by path, so that a shared link shows each reader their own language. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, head.get("accept-language"));
  const messages = (await import(`../_messages/${locale}.json`)).default;
  return { locale, messages, timeZone: "UTC" };
});
