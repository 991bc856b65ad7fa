import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { parseUsd, sumUsd, toDecimal } from "#lib/money/money.ts";
import { ingest } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { hexId, modelCall, tokens, toolCall } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { backTest } from "./back-test.ts";
import { changeAnomaly } from "./change-anomaly.ts";
import { detectNow, detectPastDays } from "./detect.ts";
import { listAnomalies } from "./list-anomalies.ts";
import { addPlannedEvent } from "./planned-events.ts";
import { sentenceOf } from "./sentence.ts";

const { sql } = await createTestDatabase();
const URL_OF = "https://outlay.example";
const DAY_MS = 86_400_000;
/** A Sunday afternoon. */
const NOW = Date.parse("2026-11-22T16:00:00Z");
const admin = testViewer();

type Spend = { readonly team?: string; readonly agent?: string; readonly usd: number };

/** Adds to the day rollup what a call of that cost would. */
async function spend(daysAgo: number, { team = "payments", agent = "reviewer", usd }: Spend) {
  const day = new Date(Date.parse("2026-11-22T00:00:00Z") - daysAgo * DAY_MS);
  await sql`
    insert into dimension_set (id, kind, team, agent, model, provider, dialect, status)
    values (hashtext(${`${team} ${agent}`}), 'model_call', ${team}, ${agent}, 'gpt-5.5', 'openai',
            'otel-genai', 'ok') on conflict do nothing`;
  await sql`
    insert into usage_day as r (day, dimension_set_id, rate_set_id, model_calls, output, cost, list_cost)
    values (${day}, hashtext(${`${team} ${agent}`}), 0, 10, 1000, ${usd}, ${usd})
        on conflict (day, dimension_set_id, rate_set_id) do update
       set cost = r.cost + excluded.cost, list_cost = r.list_cost + excluded.list_cost`;
}

/** Sixty days of two teams, a little up and down. */
async function quietHistory(except: (daysAgo: number) => boolean = () => false) {
  for (let day = 60; day >= 1; day -= 1) {
    if (except(day)) continue;
    await spend(day, { usd: 100 + (day % 5) });
    await spend(day, { team: "search", agent: "writer", usd: 50 + (day % 3) });
  }
}

const look = async () => {
  await detectPastDays(sql, NOW, URL_OF);
  const { anomalies } = await listAnomalies(sql, admin, { limit: 100 });
  return anomalies;
};
const said = async () =>
  (await sql<{ type: string }[]>`select type from notification_event order by seq`).map(
    ({ type }) => type,
  );

beforeEach(async () => {
  await sql`truncate anomaly, anomaly_planned_event, anomaly_setting, notification_event, usage_event,
    usage_day, usage_hour, usage_day_user, session, dimension_set cascade`;
  await sql`
    insert into team (slug, name) values ('payments', 'Payments'), ('search', 'Search')
        on conflict do nothing`;
});

describe("days", () => {
  test("a bad agent is one anomaly with one message, whoever looks and however often", async () => {
    await quietHistory();
    await spend(1, { usd: 400 });
    await Promise.all([look(), look(), look()]);
    const found = await look();
    assert.equal(found.length, 1);
    const [anomaly] = found;
    assert.equal(anomaly?.kind, "spike");
    assert.deepEqual(await said(), ["anomaly.opened"]);
    assert.ok(anomaly !== undefined);
    assert.match(
      sentenceOf(anomaly),
      /^\+\$(39|40)\d in 24 h: far more than expected by agent `reviewer`/,
    );
    const { causes, contributions, split } = anomaly.explanation;
    assert.ok(["payments", "reviewer"].includes(causes[0]?.value ?? ""));
    for (const dimension of ["team", "agent", "model"]) {
      const of = contributions.filter((one) => one.dimension === dimension);
      const sum = sumUsd(of.map(({ change }) => parseUsd(change)));
      assert.equal(toDecimal(sum), anomaly.impactText, dimension);
    }
    const parts = [split?.volume, split?.intensity, split?.mix, split?.price];
    assert.equal(toDecimal(sumUsd(parts.map((part) => parseUsd(part ?? "")))), split?.change);
    assert.equal(split?.change, anomaly.impactText);
  });

  test("teams see their own part, and nothing of what is not theirs", async () => {
    await quietHistory();
    await spend(1, { usd: 400 });
    await look();
    const of = async (team: string) =>
      (await listAnomalies(sql, testViewer("viewer", [team]), { limit: 9 })).anomalies;
    assert.equal((await of("payments")).length, 1);
    assert.deepEqual(await of("search"), []);
    const [mine] = await of("payments");
    assert.ok(
      mine?.explanation.contributions.every(
        ({ dimension, value }) => !mine.isPart || (dimension === "team" && value === "payments"),
      ),
    );
  });

  test("re-priced history, gaps, one huge old bill and a team that starts make no storm", async () => {
    await quietHistory((day) => day === 3 || day === 30);
    await spend(40, { usd: 90_000 });
    assert.deepEqual(await look(), []);
    await sql`update usage_day set cost = cost * 3, list_cost = list_cost * 3`;
    assert.deepEqual(await look(), []);
    for (const day of [2, 1]) await spend(day, { team: "new", agent: "starter", usd: 20 });
    assert.ok((await look()).length <= 1);
  });

  test("what comes late takes away what its absence told, and says so", async () => {
    for (let day = 60; day >= 1; day -= 1) {
      await spend(day, { usd: 100 + (day % 5) });
      if (day > 1) await spend(day, { team: "search", agent: "writer", usd: 50 + (day % 3) });
    }
    const [gone, ...others] = await look();
    assert.deepEqual([gone?.kind, gone?.scope.team, others.length], ["gone", "search", 0]);
    await spend(1, { team: "search", agent: "writer", usd: 51 });
    const after = await detectPastDays(sql, NOW + DAY_MS / 24, URL_OF);
    assert.deepEqual(after, { seen: 0, opened: 0, resolved: 1 });
    const { anomalies } = await listAnomalies(sql, admin, { limit: 9 });
    assert.deepEqual(
      anomalies.map(({ state, resolvedBecause, actual }) => [state, resolvedBecause, actual]),
      [["resolved", "corrected", parseUsd("51")]],
    );
  });

  test("what is said to be expected stays quiet from then on", async () => {
    await quietHistory();
    await spend(1, { usd: 400 });
    const [anomaly] = await look();
    const changed = await changeAnomaly(
      sql,
      admin,
      anomaly?.id ?? "",
      { state: "expected" },
      { now: new Date(NOW), publicUrl: URL_OF },
    );
    assert.deepEqual([changed.state, changed.feedback], ["expected", "expected"]);
    const after = await look();
    assert.deepEqual(
      after.map(({ state }) => state),
      ["expected"],
    );
    assert.deepEqual(await said(), ["anomaly.opened", "anomaly.resolved"]);
  });

  test("a planned event widens the range, and the back-test says what other limits would do", async () => {
    await quietHistory();
    await spend(1, { usd: 400 });
    const test = (deviations: number) =>
      backTest(
        sql,
        admin,
        { scope: { team: "payments" }, deviations, share: null, amount: null },
        NOW,
      );
    assert.equal((await test(3.5)).incidents.length, 1);
    assert.equal((await test(900)).incidents.length, 0);
    await addPlannedEvent(
      sql,
      admin,
      {
        label: "Launch",
        scope: {},
        starts_at: new Date(NOW - 3 * DAY_MS),
        ends_at: new Date(NOW),
        factor: null,
      },
      new Date(NOW),
    );
    assert.deepEqual(await look(), []);
  });

  test("a planned event with a factor keeps quiet up to it, and no further", async () => {
    await quietHistory();
    await spend(1, { usd: 400 });
    const planned = {
      label: "Launch",
      scope: { team: "payments" },
      starts_at: new Date(NOW - 3 * DAY_MS),
    };
    const plan = (factor: number) =>
      addPlannedEvent(sql, admin, { ...planned, ends_at: new Date(NOW), factor }, new Date(NOW));
    await plan(2);
    assert.equal((await look()).length, 1);
    await sql`truncate anomaly cascade`;
    await plan(6);
    assert.deepEqual(await look(), []);
  });

  test("precision and recall are by what people said of the same days", async () => {
    await quietHistory();
    await spend(1, { usd: 400 });
    const [anomaly] = await look();
    const scope = { team: "payments" };
    const labelled = async (deviations: number) =>
      (await backTest(sql, admin, { scope, deviations, share: null, amount: null }, NOW)).labelled;
    const say = (feedback: "unexpected" | "not_anomaly") =>
      changeAnomaly(
        sql,
        admin,
        anomaly?.id ?? "",
        { feedback },
        { now: new Date(NOW), publicUrl: URL_OF },
      );
    assert.deepEqual(await labelled(3.5), { real: 0, false: 0, precision: null, recall: null });
    await say("unexpected");
    assert.deepEqual(await labelled(3.5), { real: 1, false: 0, precision: 1, recall: 1 });
    assert.deepEqual(await labelled(900), { real: 1, false: 0, precision: null, recall: 0 });
    await say("not_anomaly");
    assert.deepEqual(await labelled(3.5), { real: 0, false: 1, precision: 0, recall: null });
  });

  test("somebody who only looks changes nothing", async () => {
    await quietHistory();
    await spend(1, { usd: 400 });
    const [anomaly] = await look();
    const change = changeAnomaly(
      sql,
      testViewer("viewer", ["payments"]),
      anomaly?.id ?? "",
      { state: "resolved" },
      { now: new Date(NOW), publicUrl: URL_OF },
    );
    await assert.rejects(change, { code: "forbidden" });
  });
});

describe("agents", () => {
  /** An agent that asks a large prompt before each equal call of a tool. */
  function loop(times: number): UsageEvent[] {
    const traceId = hexId("loop", 32);
    const start = NOW - 30 * 60_000;
    const told = (index: number) => ({
      traceId,
      identityOf: { session: "s1", agent: "reviewer" },
      attributes: { "team.id": "payments" },
      startedAtMs: start + index * 5_000,
    });
    return Array.from({ length: times }, (_, index) => index).flatMap((index) => [
      modelCall(`ask ${index}`, { ...told(index), tokens: tokens(100_000, 500) }),
      toolCall(`grep ${index}`, {
        ...told(index),
        startedAtMs: start + index * 5_000 + 2_000,
        tool: "grep",
        attributes: { "team.id": "payments", "gen_ai.tool.call.arguments.hash": "ab".repeat(16) },
      }),
    ]);
  }

  test("a runaway loop is one anomaly that names agent, tool and times, in one run", async () => {
    await ingest(sql, loop(300));
    await detectNow(sql, NOW, URL_OF);
    await Promise.all([detectNow(sql, NOW + 60_000, URL_OF), detectNow(sql, NOW + 60_000, URL_OF)]);
    const { anomalies } = await listAnomalies(sql, admin, { limit: 100 });
    assert.equal(anomalies.length, 1);
    const [anomaly] = anomalies;
    assert.equal(anomaly?.kind, "runaway_loop");
    assert.ok(anomaly !== undefined);
    assert.match(sentenceOf(anomaly), /agent `reviewer`.* looped `grep` 300 times on gpt-5\.5/);
    assert.deepEqual(await said(), ["anomaly.opened"]);
    await detectNow(sql, NOW + 3 * 3_600_000, URL_OF);
    assert.deepEqual(await said(), ["anomaly.opened", "anomaly.resolved"]);
  });

  test("five equal calls are work", async () => {
    await ingest(sql, loop(5));
    await detectNow(sql, NOW, URL_OF);
    assert.deepEqual((await listAnomalies(sql, admin, { limit: 9 })).anomalies, []);
  });
});
