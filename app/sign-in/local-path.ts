/**
 * Where to go after signing in: a path of this site, never another site's. A
 * browser reads "//host", "/\host" and paths with control characters as other
 * places than they look.
 */
export function localPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== "string" || !/^\/[!-[\]-~]*$/.test(wanted)) return "/";
  const base = "http://local.invalid";
  const url = URL.parse(wanted, base);
  return url?.origin === base && !wanted.startsWith("//") ? wanted : "/";
}
