import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayStart, hourStart } from "#lib/time/zone.ts";
import { type Piece, planUsage } from "./usage-plan.ts";
import { BUCKETS, type UsageQuery } from "./usage-query.ts";

const MONTH: UsageQuery = {
  from: new Date("2026-11-01T00:00:00Z"),
  to: new Date("2026-12-01T00:00:00Z"),
  groupBy: ["team"],
  bucket: "none",
  timeZone: "UTC",
  costBasis: "effective",
  filters: {},
};

const readable = (query: UsageQuery, zone: string) =>
  planUsage(query, zone).pieces.map(
    ({ source, from, to }) =>
      `${source} ${new Date(from).toISOString()} ${new Date(to).toISOString()}`,
  );

test("whole days of the organisation come from the day rollup alone", () => {
  assert.deepEqual(readable({ ...MONTH, bucket: "month" }, "UTC"), [
    "day_team 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
});

test("both ends of a ragged period come from hours, and their ends from the ledger", () => {
  const query = {
    ...MONTH,
    from: new Date("2026-11-01T22:40:00Z"),
    to: new Date("2026-11-03T01:00:00.001Z"),
  };
  assert.deepEqual(readable(query, "UTC"), [
    "ledger 2026-11-01T22:40:00.000Z 2026-11-01T23:00:00.000Z",
    "hour 2026-11-01T23:00:00.000Z 2026-11-02T00:00:00.000Z",
    "day_team 2026-11-02T00:00:00.000Z 2026-11-03T00:00:00.000Z",
    "hour 2026-11-03T00:00:00.000Z 2026-11-03T01:00:00.000Z",
    "ledger 2026-11-03T01:00:00.000Z 2026-11-03T01:00:00.001Z",
  ]);
});

test("days of another zone come from hours when the hours agree, else from the ledger", () => {
  const daily = { ...MONTH, bucket: "day", timeZone: "America/New_York" } as const;
  assert.deepEqual(readable(daily, "UTC"), [
    "hour 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
  assert.deepEqual(readable({ ...daily, timeZone: "Asia/Kolkata" }, "UTC"), [
    "ledger 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
});

test("a sum over a month of UTC needs the ledger only for the ragged ends in Kathmandu", () => {
  assert.deepEqual(readable(MONTH, "Asia/Kathmandu"), [
    "ledger 2026-11-01T00:00:00.000Z 2026-11-01T00:15:00.000Z",
    "hour 2026-11-01T00:15:00.000Z 2026-11-01T18:15:00.000Z",
    "day_team 2026-11-01T18:15:00.000Z 2026-11-30T18:15:00.000Z",
    "hour 2026-11-30T18:15:00.000Z 2026-11-30T23:15:00.000Z",
    "ledger 2026-11-30T23:15:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
});

test("what the rollup by team does not know comes from the finer one", () => {
  const finer = ["day 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z"];
  assert.deepEqual(readable({ ...MONTH, groupBy: ["team", "agent"] }, "UTC"), finer);
  assert.deepEqual(readable({ ...MONTH, filters: { status: ["error"] } }, "UTC"), finer);
  assert.deepEqual(readable({ ...MONTH, costBasis: "contracted" }, "UTC"), finer);
});

test("people come from their own day rollup, sessions from the ledger", () => {
  assert.deepEqual(readable({ ...MONTH, groupBy: ["team", "user"] }, "UTC"), [
    "day_person 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
  assert.deepEqual(readable({ ...MONTH, groupBy: ["user", "model"] }, "UTC"), [
    "day_user 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
  assert.deepEqual(readable({ ...MONTH, filters: { session: ["s1"] } }, "UTC"), [
    "ledger 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
  assert.deepEqual(readable({ ...MONTH, bucket: "hour", filters: { user: [null] } }, "UTC"), [
    "ledger 2026-11-01T00:00:00.000Z 2026-12-01T00:00:00.000Z",
  ]);
});

test("more buckets than anybody can read are refused", () => {
  const query = { ...MONTH, from: new Date("1990-01-01T00:00:00Z"), bucket: "hour" } as const;
  assert.throws(() => planUsage(query, "UTC"), { name: "AppError", code: "invalid" });
});

test("pieces cover the period without gap or overlap, on the grain of their source", () => {
  const zone = fc.constantFrom(
    "UTC",
    "Asia/Kathmandu",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
  );
  const start = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2026-12-31") });
  const length = fc.oneof(
    fc.integer({ min: 1, max: 10_000_000 }),
    fc.integer({ min: 1, max: 3_000_000_000 }),
    fc.integer({ min: 1, max: 800 }).map((hours) => hours * 3_600_000),
  );
  const snapped = fc.boolean();
  fc.assert(
    fc.property(
      zone,
      zone,
      start,
      length,
      snapped,
      fc.constantFrom(...BUCKETS),
      fc.constantFrom("team", "agent", "user", "session"),
      (organizationZone, timeZone, ms, span, snap, bucket, dimension) => {
        const from = snap ? dayStart(ms, organizationZone) : ms;
        const to = from + span;
        const plan = planUsage(
          {
            ...MONTH,
            from: new Date(from),
            to: new Date(to),
            timeZone,
            bucket,
            groupBy: [dimension as "team"],
          },
          organizationZone,
        );
        assertContiguous(plan.pieces, from, to);
        for (const piece of plan.pieces) assertOnGrain(piece, plan.edges, organizationZone);
        assert.ok((plan.edges[0] ?? 0) <= from && (plan.edges.at(-1) ?? 0) >= to);
      },
    ),
    { numRuns: 400 },
  );
});

function assertContiguous(pieces: readonly Piece[], from: number, to: number): void {
  let at = from;
  for (const piece of pieces) {
    assert.equal(piece.from, at);
    assert.ok(piece.to > piece.from);
    at = piece.to;
  }
  assert.equal(at, to);
}

function assertOnGrain({ source, from, to }: Piece, edges: readonly number[], zone: string): void {
  if (source === "ledger") return;
  const grain = source === "hour" ? hourStart : dayStart;
  for (const edge of [from, to, ...edges.slice(1, -1)]) {
    if (edge >= from && edge <= to) assert.equal(grain(edge, zone), edge);
  }
}
