import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LOCALES } from "#app/_i18n/locale.ts";

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
