import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { assertMonthsOpen, closedMonths } from "./closed-months.ts";

const { sql } = await createTestDatabase();
const at = (iso: string) => new Date(iso);
const check = (from: Date | null, to: Date | null, zone = "UTC") =>
  sql.begin((tx) => assertMonthsOpen(tx, from, to, zone));
const REFUSED = { name: "AppError", code: "closed_period", message: /2026-09/ };

before(async () => {
  await sql`
    insert into closed_month (month, closed_at, closed_by, totals, hash, reopened_at, reopened_by)
    values ('2026-09-01', now(), 'ann', '{}', '', null, null),
           ('2026-08-01', now(), 'ann', '{}', '', now(), 'bob')`;
});

test("a period that touches a closed month is refused, to the millisecond", async () => {
  await check(at("2026-10-01T00:00:00Z"), null);
  await check(null, at("2026-09-01T00:00:00Z"));
  await check(at("2026-08-01T00:00:00Z"), at("2026-08-31T00:00:00Z"));
  await assert.rejects(check(at("2026-09-30T23:59:59.999Z"), at("2026-10-05T00:00:00Z")), REFUSED);
  await assert.rejects(check(null, at("2026-09-01T00:00:00.001Z")), REFUSED);
  await assert.rejects(check(null, null), REFUSED);
});

test("months are those of the organisation's zone", async () => {
  const from = at("2026-09-30T16:00:00Z");
  await check(from, at("2026-10-01T00:00:00Z"), "Asia/Taipei");
  await assert.rejects(check(from, at("2026-10-01T00:00:00Z"), "UTC"), REFUSED);
});

test("an empty period touches nothing, and a month opened again is open", async () => {
  const moment = at("2026-09-10T00:00:00Z");
  assert.deepEqual(await closedMonths(sql, moment, moment, "UTC"), []);
  assert.deepEqual(await closedMonths(sql, null, null, "UTC"), ["2026-09"]);
});
