import assert from "node:assert/strict";
import { test } from "node:test";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { openExport, UNATTENDED_SECONDS } from "#lib/exports/open-export.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { readOnly, withStatementLimit } from "./read-only.ts";

const { sql } = await createTestDatabase();
const NOW = new Date("2026-11-20T10:00:00Z");

const limitOf = (client: typeof sql) =>
  readOnly(client, async (tx) => {
    const [row] = await tx<{ limit: string }[]>`
      select current_setting('statement_timeout') as limit`;
    return row?.limit;
  });

test("pages have thirty seconds for a statement, and who is patient as long as they say", async () => {
  assert.equal(await limitOf(withStatementLimit(sql, 90)), "90s");
  assert.equal(await limitOf(withStatementLimit(sql, UNATTENDED_SECONDS)), "1h");
  assert.equal(await limitOf(sql), "30s");
});

test("a statement beyond its bound is refused, and what it could not read is no file", async () => {
  const request = ExportRequest.parse({ export: "events" });
  const held = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const holder = sql.begin(async (tx) => {
    await tx`lock table dimension_set in access exclusive mode`;
    locked.resolve();
    await held.promise;
  });
  await locked.promise;
  try {
    const hasty = withStatementLimit(sql, 1);
    await assert.rejects(openExport(hasty, testViewer(), request, NOW, { pace: "attended" }), {
      code: "unavailable",
    });
  } finally {
    held.resolve();
    await holder;
  }
  const { body, control } = await openExport(sql, testViewer(), request, NOW, {
    pace: "unattended",
  });
  await new Response(body).text();
  assert.equal(control().rows, 0);
});
