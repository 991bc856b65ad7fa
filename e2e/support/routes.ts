import { glob, readFile } from "node:fs/promises";
import { sep } from "node:path";

// Read from the sources, so that what is added is tested too.

/** One function that a browser can call, by whatever page. */
export type ServerAction = { readonly name: string; readonly file: string; readonly body: string };

/** The paths of the pages for people who are signed in, as in "/events/[id]". */
export async function pagePaths(): Promise<readonly string[]> {
  return pathsOf("app/(signed-in)", "page.tsx");
}

/** The paths of all pages. */
export async function allPagePaths(): Promise<readonly string[]> {
  return pathsOf("app", "page.tsx");
}

/** The addresses of the API, as in "/api/v1/events/[id]/receipt". */
export async function apiPaths(): Promise<readonly string[]> {
  return (await addressPaths()).filter((path) => path.startsWith("/api/v1/"));
}

/** All addresses that answer other than with pages. */
export async function addressPaths(): Promise<readonly string[]> {
  return pathsOf("app", "route.ts");
}

/** All server actions, with what stands between the braces of each. */
export async function serverActions(): Promise<readonly ServerAction[]> {
  const actions: ServerAction[] = [];
  for await (const file of glob("app/**/*.{ts,tsx}")) {
    const source = await readFile(file, "utf8");
    if (!/^\s*"use server";/m.test(source)) continue;
    if (!source.startsWith('"use server";'))
      throw new Error(`${file}: an action inside a component`);
    for (const [, name = "", body = ""] of source.matchAll(
      /^export (?:async function|const) (\w+)(.*?)^\}/gms,
    )) {
      actions.push({ name, file, body });
    }
  }
  return actions;
}

/** Puts the value in every "[name]" of a path. */
export function withParameters(path: string, value: string): string {
  return path.replaceAll(/\[[^\]]+\]/g, value);
}

async function pathsOf(root: string, file: string): Promise<readonly string[]> {
  const found = await Array.fromAsync(glob(`${root}/**/${file}`));
  if (found.length === 0) throw new Error(`there is no ${file} in ${root}`);
  return found
    .map((path) => path.split(sep).slice(1, -1))
    .map((parts) => parts.filter((part) => !part.startsWith("(")))
    .map((parts) => `/${parts.join("/")}`)
    .sort();
}
