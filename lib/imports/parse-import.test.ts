import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { findImportSource, type ImportSource } from "./import-source.ts";
import { parseImport } from "./parse-import.ts";

const FIXTURES: readonly (readonly [ImportSource, string, string])[] = [
  [
    "openai",
    "openai-usage-completions.import.json",
    "openai-usage-completions.import.expected.json",
  ],
  [
    "anthropic",
    "anthropic-usage-report.import.json",
    "anthropic-usage-report.import.expected.json",
  ],
  ["cursor", "cursor-usage-events.import.json", "cursor-usage-events.import.expected.json"],
  ["cursor", "cursor-usage-events.csv", "cursor-usage-events.csv.expected.json"],
];

type ExpectedRow = {
  provider: string;
  model: string;
  calls?: number;
  input_uncached: number;
  cache_read: number;
  cache_write_5m: number;
  cache_write_1h: number;
  output: number;
  service_tier?: string;
  web_search_requests?: number;
  charged_usd?: number;
  included_in_plan?: boolean;
  ok?: boolean;
  tokens_reported?: boolean;
  project_id?: string;
  workspace_id?: string | null;
  api_key_id?: string | null;
};

function load(name: string): string {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url), "utf8");
}

for (const [source, file, expectedFile] of FIXTURES) {
  test(`${file} is imported row by row as expected`, () => {
    const expected: { usage_rows: ExpectedRow[]; user_ids: string[] } = JSON.parse(
      load(expectedFile),
    );
    const { events, errors } = parseImport(source, load(file));
    assert.deepEqual(errors, []);
    assert.equal(events.length, expected.usage_rows.length);
    for (const [index, row] of expected.usage_rows.entries()) assertRow(events[index], row);
    const users = new Set(events.flatMap((event) => event.identityOf.user ?? []));
    assert.deepEqual([...users].sort(), expected.user_ids);
  });

  test(`${file} gives the same identities again, and one to each row`, () => {
    const first = parseImport(source, load(file)).events.map((event) => event.identity);
    assert.deepEqual(
      parseImport(source, load(file)).events.map((event) => event.identity),
      first,
    );
    assert.equal(new Set(first).size, first.length);
  });
}

function assertRow(event: UsageEvent | undefined, row: ExpectedRow): void {
  assert.ok(event);
  assert.equal(event.provider, row.provider);
  assert.equal(event.model, row.model);
  if (row.tokens_reported === false) assert.equal(event.tokens, null);
  else {
    assert.deepEqual(event.tokens, {
      input_uncached: row.input_uncached,
      cache_read: row.cache_read,
      cache_write_5m: row.cache_write_5m,
      cache_write_1h: row.cache_write_1h,
      output: row.output,
      reasoning: 0,
    });
  }
  if (row.calls !== undefined) assert.equal(event.calls, row.calls);
  if (row.charged_usd !== undefined)
    assert.equal(event.reportedCost ?? "0", String(row.charged_usd));
  if (row.included_in_plan) assert.equal(event.funding, "plan");
  if (row.ok !== undefined) assert.equal(event.status === "ok", row.ok);
  if (row.web_search_requests)
    assert.deepEqual(event.units, { web_search_requests: row.web_search_requests });
  const tier = row.service_tier === "default" ? "standard" : row.service_tier;
  if (tier !== undefined) assert.equal(event.tier, tier);
  const project = row.project_id ?? row.workspace_id;
  if (project) assert.equal(event.identityOf.project, project);
  if (row.api_key_id) assert.equal(event.attributes.api_key_id, row.api_key_id);
}

test("Cursor's CSV and its API name the same event alike", () => {
  const time = Date.parse("2026-11-20T09:00:01.000Z");
  const api = parseImport(
    "cursor",
    JSON.stringify({
      usageEvents: [
        {
          timestamp: String(time),
          userEmail: "Ana@acme.example",
          model: "claude-4.6-opus-high",
          kind: "Usage-based",
          tokenUsage: {
            inputTokens: 1200,
            outputTokens: 2100,
            cacheWriteTokens: 18000,
            cacheReadTokens: 240000,
          },
          chargedCents: 32.1,
        },
      ],
    }),
  );
  const csv = parseImport("cursor", load("cursor-usage-events.csv"));
  assert.equal(api.events[0]?.identity, csv.events[0]?.identity);
});

test("a Cursor row whose columns do not add up is refused, at its line", () => {
  const broken = load("cursor-usage-events.csv").replace('"61400"', '"61401"');
  assert.deepEqual(parseImport("cursor", broken).errors, [
    { line: 3, message: "the token columns do not add up to Total Tokens" },
  ]);
});

test("today's bucket keeps its identity while its counts grow", () => {
  const file = load("openai-usage-completions.import.json");
  const grown = file.replace('"output_tokens": 50000', '"output_tokens": 60000');
  assert.notEqual(grown, file);
  assert.equal(
    parseImport("openai", grown).events[0]?.identity,
    parseImport("openai", file).events[0]?.identity,
  );
});

test("one identity with two figures in a file is an error; an exact repetition is not", () => {
  const page = JSON.parse(load("openai-usage-completions.import.json"));
  const other = structuredClone(page);
  other.data[0].results[0].output_tokens += 1;
  assert.equal(parseImport("openai", JSON.stringify([page, page])).events.length, 2);
  assert.deepEqual(parseImport("openai", JSON.stringify([page, other])).errors, [
    { line: 3, message: "the row repeats an earlier one with other figures" },
  ]);
});

test("cost reports become exact amounts without tokens", () => {
  const openai = parseImport(
    "openai",
    `{"data":[{"start_time":1795165200,"end_time":1795251600,"results":[
      {"object":"organization.costs.result","amount":{"value":0.13080438340307526316,"currency":"usd"},"line_item":"gpt-5.5, input","project_id":"p"}]}]}`,
  );
  assert.deepEqual(openai.errors, []);
  assert.equal(openai.events[0]?.reportedCost, "0.130804383403075263");
  assert.equal(openai.events[0]?.tokens, null);
  assert.equal(openai.events[0]?.calls, 0);
  const anthropic = parseImport(
    "anthropic",
    `{"data":[{"starting_at":"2026-11-20T00:00:00Z","ending_at":"2026-11-21T00:00:00Z","results":[
      {"amount":"12345.6789","currency":"USD","description":"Claude Opus","workspace_id":null}]}]}`,
  );
  assert.equal(anthropic.events[0]?.reportedCost, "123.456789");
  const euro = `{"data":[{"start_time":1795165200,"end_time":1795251600,"results":[{"amount":{"value":1,"currency":"eur"}}]}]}`;
  assert.deepEqual(parseImport("openai", euro).errors, [
    { line: 1, message: "the amount is in eur, not USD" },
  ]);
});

test("hostile and broken files are errors, never exceptions or events", () => {
  const texts = [
    "",
    "{",
    "[]x",
    "null",
    "{}",
    '{"data":[{"results":"x"}]}',
    '{"usageEvents":[5]}',
    "a,b\n1",
    '"',
  ];
  for (const source of [
    "openai",
    "anthropic",
    "cursor",
    "google-billing",
    "litellm",
    "csv",
  ] as const) {
    for (const text of texts) {
      const { events } = parseImport(source, text);
      assert.deepEqual(events, [], `${source}: ${text}`);
    }
  }
  for (const value of ["-1", "1.5", '"x"', "1e99", "{}", "[1]"]) {
    const text = `{"data":[{"start_time":1795165200,"end_time":1795251600,"results":[{"input_tokens":${value}}]}]}`;
    assert.equal(parseImport("openai", text).errors.length, 1, value);
  }
});

test("sources are found by name and by the names people use", () => {
  assert.equal(findImportSource("Cursor"), "cursor");
  assert.equal(findImportSource("openai_usage"), "openai");
  assert.equal(findImportSource("vertex"), "google-billing");
  assert.equal(findImportSource("excel"), null);
});
