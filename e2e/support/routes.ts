import { glob } from "node:fs/promises";
import { sep } from "node:path";

// Read from the sources, so that a page or address that is added is tested too.

/** The paths of the pages for people who are signed in, as in "/events/[id]". */
export async function pagePaths(): Promise<readonly string[]> {
  return pathsOf("app/(signed-in)", "page.tsx", "");
}

/** The addresses of the API that take a GET, without those in `_lib`. */
export async function apiPaths(): Promise<readonly string[]> {
  return pathsOf("app/api/v1", "route.ts", "/api/v1");
}

/** Puts the value in every "[name]" of a path. */
export function withParameters(path: string, value: string): string {
  return path.replaceAll(/\[[^\]]+\]/g, value);
}

async function pathsOf(root: string, file: string, prefix: string): Promise<readonly string[]> {
  const found = await Array.fromAsync(glob(`**/${file}`, { cwd: root }));
  if (found.length === 0) throw new Error(`there is no ${file} in ${root}`);
  return found
    .map((path) => path.split(sep).slice(0, -1))
    .map((parts) => parts.filter((part) => !part.startsWith("(")))
    .map((parts) => `${prefix}/${parts.join("/")}`)
    .sort();
}
