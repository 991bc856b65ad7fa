import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { LOCALES } from "#app/_i18n/locale.ts";
import { EXPORT_NAMES } from "#lib/exports/export-list.ts";

type Messages = { readonly [name: string]: string | Messages };

/** "Overview.title" → the arguments that the message takes. */
function argumentsOf(messages: Messages, path = ""): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([name, value]) =>
      typeof value === "string"
        ? [[`${path}${name}`, namesIn(value)]]
        : [...argumentsOf(value, `${path}${name}.`)],
    ),
  );
}

/** The arguments of one message; what stands in the branches of a plural is none. */
function namesIn(message: string): string {
  let depth = 0;
  const names: string[] = [];
  for (const [token, name] of message.matchAll(/\{(\w+)?|\}/g)) {
    depth += token === "}" ? -1 : 1;
    if (depth === 1 && name !== undefined) names.push(name);
  }
  return names.sort().join();
}

async function read(locale: string): Promise<Map<string, string>> {
  const url = new URL(`./${locale}.json`, import.meta.url);
  return argumentsOf(JSON.parse(await readFile(url, "utf8")));
}

test("every language says all that English says, with the same arguments", async () => {
  const english = await read("en");
  for (const locale of LOCALES) assert.deepEqual(await read(locale), english, locale);
});

test("every table that can be taken away has a name", async () => {
  const english = await read("en");
  const nameless = EXPORT_NAMES.filter((name) => !english.has(`Exports.tables.${name}`));
  assert.deepEqual(nameless, []);
});

const APP = fileURLToPath(new URL("../", import.meta.url));
const LIB = fileURLToPath(new URL("../../lib/", import.meta.url));

/** What a source says that may name a message. */
type Source = {
  /** The namespaces that it takes its words from. */
  readonly spaces: readonly string[];
  readonly texts: ReadonlySet<string>;
  /** `errors.${code}` as a pattern. */
  readonly templates: readonly RegExp[];
  /** It asks for messages by names that it has from elsewhere. */
  readonly asksByVariable: boolean;
};

async function readSources(root: string): Promise<readonly Source[]> {
  const files = globSync("**/*.{ts,tsx}", { cwd: root }).filter((file) => !/\.test\./.test(file));
  return Promise.all(files.map(async (file) => sourceOf(await readFile(root + file, "utf8"))));
}

function sourceOf(text: string): Source {
  const spaces = [...text.matchAll(/(?:use|get)Translations\(\s*"([\w.]+)"/g)];
  const texts = [...text.matchAll(/"([\w.-]+)"|(?:^|[{,\s])([\w-]+)\??:/gm)];
  const templates = [
    ...text.matchAll(/`([\w.-]*(?:\$\{[^`{}]*(?:\{[^{}]*\}[^`{}]*)*\}[\w.-]*)+)`/g),
  ];
  return {
    spaces: spaces.map(([, space = ""]) => space),
    texts: new Set(texts.map(([, quoted, name]) => quoted ?? name ?? "")),
    templates: templates.map(([, template = ""]) => patternOf(template)),
    asksByVariable: /\b\w+(?:\.rich)?\(\s*(?:[a-z][\w.]*\s*[,)]|[^"`()]*\?)/.test(text),
  };
}

function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/);
  return new RegExp(`^${parts.map((part) => part.replaceAll(".", "\\.")).join("[\\w-]+")}$`);
}

/** Whether a source that has the message's namespace can be seen to ask for it. */
function isUsed(path: string, sources: readonly Source[], words: ReadonlySet<string>): boolean {
  return sources.some(({ spaces, texts, templates, asksByVariable }) =>
    spaces.some((space) => {
      if (!path.startsWith(`${space}.`)) return false;
      const name = path.slice(space.length + 1);
      if (texts.has(name) || templates.some((template) => template.test(name))) return true;
      return asksByVariable && words.has(name);
    }),
  );
}

test("every message is asked for by a source", async () => {
  const [pages, domain] = await Promise.all([readSources(APP), readSources(LIB)]);
  const words = new Set([...pages, ...domain].flatMap(({ texts }) => [...texts]));
  const unused = [...(await read("en")).keys()].filter((path) => !isUsed(path, pages, words));
  assert.deepEqual(unused, []);
});
