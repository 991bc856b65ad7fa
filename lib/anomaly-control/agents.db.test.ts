import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { parseUsd } from "#lib/money/money.ts";
import { ingest } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { aggregate, hexId, modelCall, node, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { changeAnomaly } from "./change-anomaly.ts";
import { detectNow } from "./detect.ts";
import { listAnomalies } from "./list-anomalies.ts";
import { raisedLimits } from "./raised-limits.ts";
import { sentenceOf } from "./sentence.ts";

const { sql } = await createTestDatabase();
const URL_OF = "https://outlay.example";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A Sunday afternoon. */
const NOW = Date.parse("2026-11-22T16:00:00Z");
const LATELY = NOW - 50 * MINUTE_MS;
const TWO_DAYS_AGO = NOW - 2 * DAY_MS;
const admin = testViewer();
/** 100,000 tokens of input at $5 and 1,000 of output at $30 a million. */
const COST_OF_CALL = parseUsd("0.53");
const OWN = { attributes: { "team.id": "payments" } };

/** Calls of the agent reviewer, a minute apart. */
function calls(
  name: string,
  count: number,
  startMs: number,
  told: (index: number) => Partial<UsageEvent> = () => ({}),
): UsageEvent[] {
  return Array.from({ length: count }, (_, index) =>
    modelCall(`${name} ${index}`, {
      traceId: hexId(`${name} ${index}`, 32),
      identityOf: { agent: "reviewer" },
      startedAtMs: startMs + index * MINUTE_MS,
      tokens: tokens(100_000, 1_000),
      ...OWN,
      ...told(index),
    }),
  );
}

async function found(now = NOW) {
  await detectNow(sql, now, URL_OF);
  return (await listAnomalies(sql, admin, { limit: 100 })).anomalies;
}

/** The one anomaly there is. */
async function only() {
  const [anomaly, ...others] = await found();
  assert.deepEqual(
    others.map((each) => sentenceOf(each)),
    [],
  );
  assert.ok(anomaly !== undefined, "nothing was found");
  return anomaly;
}

beforeEach(async () => {
  await sql`truncate anomaly, notification_event, usage_event, usage_day, usage_hour, usage_day_user,
    session, dimension_set, trace_node cascade`;
  await sql`insert into team (slug, name) values ('payments', 'Payments') on conflict do nothing`;
});

describe("an agent", () => {
  test("whose prompt grows with every turn is told with first and last size", async () => {
    await ingest(
      sql,
      calls("turn", 20, NOW - 25 * MINUTE_MS, (index) => ({
        traceId: hexId("growing", 32),
        identityOf: { agent: "reviewer", session: "s1" },
        tokens: tokens(10_000 + 12_000 * index, 500),
      })),
    );
    const anomaly = await only();
    assert.equal(anomaly.kind, "context_growth");
    assert.match(sentenceOf(anomaly), /from 10,000 to 238,000 tokens in 20 turns/);
    assert.equal(anomaly.isNotable, false);
  });

  test("that lost its cache is told with both shares and what that cost", async () => {
    const cached = () => ({ tokens: tokens(10_000, 500, { cache_read: 90_000 }) });
    await ingest(sql, calls("before", 20, TWO_DAYS_AGO, cached));
    await ingest(sql, calls("now", 20, LATELY));
    const anomaly = await only();
    assert.equal(anomaly.kind, "cache_collapse");
    assert.match(sentenceOf(anomaly), /90 % of prompt tokens came from it, now 0 %/);
    // 1.8 million tokens that would have come from the cache.
    assert.ok(anomaly.impact > 0n);
  });

  test("whose cache stays lost for long is told with the cost of all that time", async () => {
    const cached = () => ({ tokens: tokens(10_000, 500, { cache_read: 90_000 }) });
    await ingest(sql, calls("before", 20, TWO_DAYS_AGO, cached));
    await ingest(sql, calls("first", 20, LATELY));
    const first = await only();
    for (const hours of [2, 4]) {
      await ingest(sql, calls(`${hours} later`, 20, LATELY + hours * 60 * MINUTE_MS));
      await found(NOW + hours * 60 * MINUTE_MS);
    }
    const [anomaly, ...others] = (await listAnomalies(sql, admin, { limit: 9 })).anomalies;
    assert.deepEqual(others, []);
    assert.deepEqual([anomaly?.startsAt, anomaly?.impact], [first.startsAt, 3n * first.impact]);
  });

  test("that mostly retries is told with how many", async () => {
    await ingest(sql, calls("before", 30, TWO_DAYS_AGO));
    await ingest(
      sql,
      calls("now", 45, LATELY, (index) => ({ attempt: (index % 3) + 1 })),
    );
    const anomaly = await only();
    assert.equal(anomaly.kind, "retry_storm");
    assert.match(sentenceOf(anomaly), /retried 30 calls, up to 2 times each, 67 % of all/);
  });

  test("whose requests are sent again below its calls is told, and pays for each call once", async () => {
    const now = calls("now", 30, LATELY);
    const requests = now.map(({ traceId }, index) => ({
      ...node("POST", `now ${index}`),
      ...{ traceId: traceId ?? "", startedAtMs: LATELY },
      ...(index < 25 ? { attempt: 5 } : {}),
    }));
    await ingest(sql, calls("before", 30, TWO_DAYS_AGO));
    await ingest(sql, now, requests);
    const anomaly = await only();
    assert.equal(anomaly.kind, "retry_storm");
    assert.match(sentenceOf(anomaly), /retried 25 calls, up to 4 times each, 83 % of all/);
    assert.equal(30n * anomaly.impact, 25n * anomaly.actual);
    assert.equal(anomaly.actual, 30n * COST_OF_CALL);
  });

  test("that fails mostly, and pays for it, is told although nobody numbers its attempts", async () => {
    await ingest(sql, calls("before", 30, TWO_DAYS_AGO));
    await ingest(
      sql,
      calls("now", 45, LATELY, (index) =>
        index % 3 === 0 ? {} : { status: "error", errorType: "timeout" },
      ),
    );
    const anomaly = await only();
    assert.equal(anomaly.kind, "retry_storm");
    assert.match(sentenceOf(anomaly), /retried 30 calls, 67 % of all/);
    // All calls cost the same, and thirty of forty-five were for nothing.
    assert.equal(3n * anomaly.impact, 2n * anomaly.actual);
  });

  const answered = (model: string, requestModel: string | null) => () => ({ model, requestModel });

  test("that is answered by a dearer model is told, and whether anybody asked for it", async () => {
    await ingest(sql, calls("before", 25, TWO_DAYS_AGO, answered("gpt-5.4-mini", "latest")));
    await ingest(sql, calls("now", 25, LATELY, answered("gpt-5.5", "latest")));
    assert.match(
      sentenceOf(await only()),
      /answered by gpt-5\.5 instead of gpt-5\.4-mini, although nobody asked for it/,
    );
  });

  test("that asks for the dearer model itself is told without that", async () => {
    await ingest(sql, calls("before", 25, TWO_DAYS_AGO, answered("gpt-5.4-mini", null)));
    await ingest(sql, calls("now", 25, LATELY, answered("gpt-5.5", null)));
    assert.match(sentenceOf(await only()), /instead of gpt-5\.4-mini$/);
  });

  test("that is answered by a cheaper model is told only where nobody asked for it", async () => {
    await ingest(sql, calls("before", 25, TWO_DAYS_AGO, answered("gpt-5.5", "latest")));
    await ingest(sql, calls("chosen", 25, LATELY, answered("gpt-5.4-mini", "gpt-5.4-mini")));
    assert.deepEqual(await found(), []);
    await sql`delete from usage_event where started_at >= ${new Date(LATELY)}`;
    await sql`delete from usage_hour where hour >= ${new Date(LATELY - DAY_MS / 24)}`;
    await sql`delete from usage_day where day >= ${new Date(NOW - (NOW % DAY_MS))}`;
    await ingest(sql, calls("silent", 25, LATELY, answered("gpt-5.4-mini", "latest")));
    const anomaly = await only();
    assert.deepEqual([anomaly.kind, anomaly.direction], ["model_change", -1]);
    assert.ok(anomaly.impact < 0n);
  });

  test("that goes on after the end of its run is an orphan, and none while the run lasts", async () => {
    const inTrace = { traceId: hexId("run", 32) };
    await ingest(
      sql,
      calls("late", 30, NOW - 35 * MINUTE_MS, () => ({
        ...inTrace,
        identityOf: { agent: "reviewer", session: "s1" },
      })),
    );
    assert.deepEqual(await found(), []);
    // The root is reported when it ends: two minutes after its first call.
    await ingest(sql, [
      aggregate("root", {
        ...inTrace,
        ...OWN,
        kind: "agent_run",
        identityOf: { agent: "reviewer", session: "s1" },
        startedAtMs: NOW - 36 * MINUTE_MS,
        durationMs: 3 * MINUTE_MS,
        parentSpanId: null,
      }),
    ]);
    const anomaly = await only();
    assert.equal(anomaly.kind, "orphan_session");
    // Those within ten minutes of the end are stragglers.
    assert.match(sentenceOf(anomaly), /kept calling 17 times after its session had ended/);
  });

  test("what people call no anomaly needs more to be told again", async () => {
    const cached = () => ({ tokens: tokens(10_000, 500, { cache_read: 90_000 }) });
    await ingest(sql, calls("before", 20, TWO_DAYS_AGO, cached));
    await ingest(sql, calls("now", 20, LATELY));
    const { id, impact } = await only();
    await changeAnomaly(
      sql,
      admin,
      id,
      { feedback: "not_anomaly" },
      { now: new Date(NOW), publicUrl: URL_OF },
    );
    assert.equal(
      await raisedLimits(sql, { source: "agent", scope: { agent: "reviewer" } }, NOW),
      1.25,
    );
    await sql`update anomaly set ends_at = ${new Date(NOW - 9 * DAY_MS)},
                                 starts_at = ${new Date(NOW - 10 * DAY_MS)}`;
    const floor = (times: bigint) => sql`
      insert into anomaly_setting (id, amount, changed_at, changed_by)
      values (1, ${String(Number((impact * times) / 100n) / 1e18)}, ${new Date(NOW)}, 'ana')
          on conflict (id) do update set amount = excluded.amount`;
    // Nine tenths of it: enough before, and less than a quarter more than that now.
    await floor(90n);
    assert.equal((await found()).length, 1);
    await floor(70n);
    assert.equal((await found()).length, 2);
    await sql`truncate anomaly_setting`;
  });
});

describe("tokens without a price", () => {
  const unknown = () => ({ provider: "acme", model: "acme-giant" });

  test("of a model are one anomaly on the page, in the first hours", async () => {
    await ingest(sql, calls("unpriced", 5, LATELY, unknown));
    const anomaly = await only();
    assert.equal(anomaly.kind, "unpriced_usage");
    assert.match(sentenceOf(anomaly), /505,000 tokens of acme-giant have no price/);
    assert.deepEqual(anomaly.measured, { expected: 0, actual: 505_000 });
    assert.equal(anomaly.isNotable, false);
  });

  test("stay apart from what the callers do, in every run", async () => {
    const cached = () => ({ tokens: tokens(10_000, 500, { cache_read: 90_000 }) });
    await ingest(sql, calls("before", 20, TWO_DAYS_AGO, cached));
    await ingest(sql, calls("now", 20, LATELY));
    await ingest(
      sql,
      calls("unpriced", 5, LATELY, () => ({ ...unknown(), identityOf: { agent: "other" } })),
    );
    for (const after of [0, 2, 4]) await found(NOW + after * MINUTE_MS);
    const kinds = (await found()).map(({ kind }) => kind).toSorted();
    assert.deepEqual(kinds, ["cache_collapse", "unpriced_usage"]);
  });

  test("of a model that had none before either are no news", async () => {
    await ingest(sql, calls("before", 5, TWO_DAYS_AGO, unknown));
    await ingest(sql, calls("unpriced", 5, LATELY, unknown));
    assert.deepEqual(await found(), []);
  });
});
