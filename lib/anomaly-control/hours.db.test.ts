import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { dayStart, offsetAt } from "#lib/time/zone.ts";
import { changeAnomaly } from "./change-anomaly.ts";
import { detectNow, detectPastDays } from "./detect.ts";
import { listAnomalies } from "./list-anomalies.ts";
import { sentenceOf } from "./sentence.ts";

const { sql } = await createTestDatabase();
const URL_OF = "https://outlay.example";
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Thursday, at four in the afternoon. */
const NOW = Date.parse("2026-11-19T16:00:00Z");
const admin = testViewer();

type Rhythm = (ms: number) => number;
/** By day, with a little up and down. */
const working =
  (timeZone = "UTC"): Rhythm =>
  (ms) => {
    const hour = new Date(ms + offsetAt(ms, timeZone)).getUTCHours();
    return hour >= 8 && hour < 20 ? 10 + Math.sin(ms / HOUR_MS) : 1;
  };

/** Adds to the hour rollup what calls of that cost would. */
async function spend(
  hours: readonly { readonly at: number; readonly usd: number }[],
  { team = "payments", agent = "reviewer" } = {},
): Promise<void> {
  await sql`
    insert into dimension_set (id, kind, team, agent, model, provider, dialect, status)
    values (hashtext(${`${team} ${agent}`}), 'model_call', ${team}, ${agent}, 'gpt-5.5', 'openai',
            'otel-genai', 'ok') on conflict do nothing`;
  const rows = hours
    .filter(({ usd }) => usd !== 0)
    .map(({ at, usd }) => ({ at: new Date(at), usd: usd.toFixed(6) }));
  for (const [table, column] of [
    ["usage_hour", "hour"],
    ["usage_day", "day"],
  ] as const) {
    await sql`
      insert into ${sql(table)} as r
        (${sql(column)}, dimension_set_id, rate_set_id, model_calls, output, cost, list_cost)
      select case ${table} when 'usage_hour' then at
                  else date_trunc('day', at, (select coalesce(max(time_zone), 'UTC') from organization))
             end, hashtext(${`${team} ${agent}`}), 0, 1, 100, sum(usd), sum(usd)
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as t (at timestamptz, usd numeric)
       group by 1
          on conflict (${sql(column)}, dimension_set_id, rate_set_id) do update
         set cost = r.cost + excluded.cost, list_cost = r.list_cost + excluded.list_cost`;
  }
}

/** Every hour of the days before, the running one included. */
function hoursBefore(now: number, days: number, rhythm: Rhythm) {
  return Array.from({ length: days * 24 }, (_, back) => {
    const at = now - back * HOUR_MS;
    return { at, usd: rhythm(at) };
  });
}

const zoneIs = (timeZone: string) => sql`
  insert into organization (id, name, time_zone) values (1, 'Acme', ${timeZone})
      on conflict (id) do update set time_zone = excluded.time_zone`;

async function found(now = NOW) {
  await detectNow(sql, now, URL_OF);
  await detectPastDays(sql, now, URL_OF);
  return (await listAnomalies(sql, admin, { limit: 100 })).anomalies;
}
const said = async () =>
  (await sql<{ type: string }[]>`select type from notification_event order by seq`).map(
    ({ type }) => type,
  );

beforeEach(async () => {
  await sql`truncate anomaly, notification_event, usage_event, usage_day, usage_hour, usage_day_user,
    session, dimension_set cascade`;
  await zoneIs("UTC");
});

/** What burns in the last three hours. */
const burning = [1, 2, 3].map((back) => ({ at: NOW - back * HOUR_MS, usd: 60 }));

describe("hours", () => {
  test("that burn money are one anomaly with one message, over when they are", async () => {
    await spend(hoursBefore(NOW, 10, working()));
    assert.deepEqual(await found(), []);
    await spend(burning);
    await Promise.all([found(), found()]);
    const [anomaly, ...others] = await found();
    assert.deepEqual(others, []);
    assert.ok(anomaly !== undefined);
    assert.equal(anomaly.kind, "burn");
    assert.match(sentenceOf(anomaly), /agent `reviewer`.* spends too fast/);
    assert.deepEqual(await said(), ["anomaly.opened"]);
    const later = NOW + 9 * HOUR_MS;
    await spend(hoursBefore(later, 1, working()).filter(({ at }) => at > NOW));
    await detectNow(sql, later, URL_OF);
    const [over] = (await listAnomalies(sql, admin, { limit: 9 })).anomalies;
    assert.equal(over?.state, "resolved");
    assert.deepEqual(await said(), ["anomaly.opened", "anomaly.resolved"]);
  });

  test("have an owner once acknowledged, and times to detect and to resolve", async () => {
    await spend(hoursBefore(NOW, 10, working()));
    await spend(burning);
    const [{ id } = assert.fail()] = await found();
    const change = (patch: object, now: number) =>
      changeAnomaly(sql, admin, id, patch, { now: new Date(now), publicUrl: URL_OF });
    const seen = await change({ state: "acknowledged" }, NOW + HOUR_MS);
    assert.deepEqual([seen.state, seen.owner], ["acknowledged", admin.label]);
    assert.equal(seen.detectedAt.getTime(), NOW);
    await change({ state: "acknowledged", note: "still at it" }, NOW + HOUR_MS);
    const done = await change({ state: "resolved" }, NOW + 2 * HOUR_MS);
    assert.equal(done.resolvedAt?.getTime(), NOW + 2 * HOUR_MS);
    assert.deepEqual(await said(), ["anomaly.opened", "anomaly.acknowledged", "anomaly.resolved"]);
    // What a person has closed is not opened again by the same hours.
    assert.deepEqual(
      (await found(NOW + 2 * HOUR_MS)).map(({ state }) => state),
      ["resolved"],
    );
  });

  test("that are told of late are found when they are told of, and join what is known", async () => {
    await spend(hoursBefore(NOW, 10, working()));
    await spend(burning.slice(0, 1).map(({ at }) => ({ at: at - 5 * HOUR_MS, usd: 90 })));
    const [first] = await found();
    assert.equal(first?.kind, "burn");
    await spend([{ at: NOW - 7 * HOUR_MS, usd: 90 }]);
    const [anomaly, ...others] = await found();
    assert.deepEqual(others, []);
    assert.equal(anomaly?.id, first?.id);
    assert.ok(anomaly !== undefined && first !== undefined && anomaly.impact > first.impact);
  });
});

describe("no storm comes of", () => {
  test("a small agent's busy hours, under a twentieth of the organisation's day", async () => {
    await spend(hoursBefore(NOW, 10, working()));
    const small = { agent: "linter" };
    await spend(
      hoursBefore(NOW, 10, () => 0.05),
      small,
    );
    const busy = (usd: number) => [1, 2, 3].map((back) => ({ at: NOW - back * HOUR_MS, usd }));
    await spend(busy(1.5), small);
    assert.deepEqual(await found(), []);
    await spend(busy(1.5), small);
    assert.deepEqual(
      (await found()).map(({ scope }) => scope.agent),
      ["linter"],
    );
  });

  test("days of nothing and hours without data", async () => {
    const isAway = (at: number) => at > NOW - 6 * DAY_MS && at < NOW - 5 * DAY_MS;
    await spend(hoursBefore(NOW, 40, (at) => (isAway(at) ? 0 : working()(at))));
    assert.deepEqual(await found(), []);
  });

  test("one huge bill in the past", async () => {
    await spend(hoursBefore(NOW, 40, working()));
    await spend([{ at: NOW - 5 * DAY_MS, usd: 90_000 }]);
    assert.ok((await found()).length <= 1);
    assert.deepEqual(
      (await found()).filter(({ startsAt }) => startsAt.getTime() > NOW - 4 * DAY_MS),
      [],
    );
  });

  test("history that is priced anew", async () => {
    await spend(hoursBefore(NOW, 40, working()));
    for (const table of ["usage_hour", "usage_day"]) {
      await sql`update ${sql(table)} set cost = cost * 3, list_cost = list_cost * 3`;
    }
    assert.deepEqual(await found(), []);
  });

  test("a team that starts", async () => {
    await spend(hoursBefore(NOW, 40, working()));
    await spend(hoursBefore(NOW, 2, working()), { team: "new", agent: "starter" });
    const all = await found();
    assert.ok(all.length <= 1, all.map((each) => sentenceOf(each)).join("\n"));
  });

  test("a team that stops: it is told as gone, once", async () => {
    await spend(hoursBefore(NOW, 40, working()));
    const isThere = (at: number) => at < Date.parse("2026-11-16T00:00:00Z");
    await spend(
      hoursBefore(NOW, 40, (at) => (isThere(at) ? working()(at) : 0)),
      { team: "search", agent: "writer" },
    );
    const all = await found();
    assert.equal(all.length, 1, all.map((each) => sentenceOf(each)).join("\n"));
    assert.deepEqual([all[0]?.kind, all[0]?.scope.team], ["gone", "search"]);
  });

  for (const [name, now] of [
    ["falls back", "2026-11-02T21:00:00Z"],
    ["springs forward", "2026-03-09T20:00:00Z"],
  ] as const) {
    test(`a clock that ${name}: days of 23 and 25 hours`, async () => {
      const at = Date.parse(now);
      await zoneIs("America/New_York");
      await spend(hoursBefore(at, 40, working("America/New_York")));
      const today = dayStart(at, "America/New_York");
      const lengths = [1, 2].map((back) => {
        const day = dayStart(today - back * DAY_MS + 12 * HOUR_MS, "America/New_York");
        return (nextUnitStart(day, "day", "America/New_York") - day) / HOUR_MS;
      });
      assert.ok(lengths.includes(name === "falls back" ? 25 : 23), String(lengths));
      assert.deepEqual(
        (await found(at)).map((each) => sentenceOf(each)),
        [],
      );
    });
  }
});
