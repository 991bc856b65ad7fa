import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { sourceImports } from "#lib/testing/source-imports.ts";
import { SHARED_MESSAGES } from "./shared-messages.ts";

// The browser has only the messages that a layout sends it, so each namespace
// that a client component of a page asks for must be sent by a layout above.

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const PAGES = globSync("app/**/{page,layout,error,not-found}.tsx", { cwd: ROOT });

/** Namespaces that the client components below a page or layout ask for. */
function asked(page: string): ReadonlySet<string> {
  const spaces = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string, isBelowClient: boolean) => {
    const text = read(file);
    const isClient = isBelowClient || text.startsWith('"use client"');
    // An action that a client component imports stays on the server.
    if (seen.has(`${file} ${isClient}`) || (isBelowClient && text.startsWith('"use server"')))
      return;
    seen.add(`${file} ${isClient}`);
    if (isClient) for (const space of spacesIn(text)) spaces.add(space);
    for (const imported of componentsOf(file)) visit(imported, isClient);
  };
  visit(page, false);
  return spaces;
}

function spacesIn(text: string): readonly string[] {
  return [...text.matchAll(/useTranslations\(\s*"?(\w*)/g)].map(([, space = ""]) => space);
}

function componentsOf(file: string): readonly string[] {
  return sourceImports(ROOT, file)
    .filter(({ target, isType }) => !isType && /^app\/.*\.tsx?$/.test(target))
    .map(({ target }) => target);
}

/** Namespaces that a folder's own layout sends, beside those of all pages. */
function sentBy(folder: string): readonly string[] {
  const layout = join(folder, "layout.tsx");
  if (!PAGES.includes(layout)) return [];
  const [, list = ""] = /<ClientMessages of=\{(\[[^\]]*\])\}/.exec(read(layout)) ?? [];
  return list === "" ? [] : (JSON.parse(list.replace(/,\s*\]/, "]")) as string[]);
}

function foldersAbove(page: string): readonly string[] {
  const folder = dirname(page);
  return folder === "app" ? [folder] : [folder, ...foldersAbove(folder)];
}

test("the browser has the messages that its components ask for", () => {
  const missing = PAGES.flatMap((page) => {
    const sent = new Set([...SHARED_MESSAGES, ...foldersAbove(page).flatMap(sentBy)]);
    return [...asked(page)].filter((space) => !sent.has(space)).map((space) => `${page}: ${space}`);
  });
  assert.deepEqual(missing, []);
});

test("no layout sends messages that no client component below it asks for", () => {
  const unasked = PAGES.filter((page) => page.endsWith("/layout.tsx")).flatMap((layout) => {
    const folder = dirname(layout);
    const below = PAGES.filter((page) => page.startsWith(`${folder}/`));
    const spaces = new Set(below.flatMap((page) => [...asked(page)]));
    return sentBy(folder)
      .filter((space) => !spaces.has(space))
      .map((space) => `${layout}: ${space}`);
  });
  assert.deepEqual(unasked, []);
  const everywhere = new Set(PAGES.flatMap((page) => [...asked(page)]));
  assert.deepEqual(
    SHARED_MESSAGES.filter((space) => !everywhere.has(space)),
    [],
  );
});
