import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd } from "#lib/money/money.ts";
import { groupSightings } from "./group-sightings.ts";
import { type AnomalyScope, keysOfScope, type Sighting } from "./sighting.ts";
import { isAbout } from "./used-together.ts";

const HOUR_MS = 3_600_000;

function seen(scope: AnomalyScope, told: Partial<Sighting> = {}): Sighting {
  return {
    ...{ source: "day", kind: "spike", metric: "spend", direction: 1, scope, keys: [] },
    ...{ startsAt: 0, endsAt: 24 * HOUR_MS, isNotable: true },
    ...{ excess: 100, measured: null, wasted: null, finding: null },
    ...told,
  };
}

const scopesOf = (sightings: readonly Sighting[]) =>
  groupSightings(sightings)
    .map(({ head, others }) => [head, ...others].map(({ scope }) => JSON.stringify(scope)).sort())
    .toSorted((a, b) => a.length - b.length);

test("a bad model in fifty teams is one thing", () => {
  const teams = Array.from({ length: 50 }, (_, n) => seen({ team: `t${n}`, model: "m" }));
  const whole = { excess: 5_000 };
  assert.equal(groupSightings([...teams, seen({ model: "m" }, whole), seen({}, whole)]).length, 1);
});

test("a huge bill takes the organisation and its model along, and nothing of other teams", () => {
  const of = (name: string, excess: number) => [
    seen({ team: name, model: "m", agent: `${name}'s` }, { excess }),
    seen({ team: name }, { excess }),
    seen({ agent: `${name}'s` }, { excess }),
  ];
  const all = { excess: 4_140 };
  const groups = groupSightings(
    // In whichever order: what is as wide as the model comes after it, too.
    [seen({}, all), seen({ model: "m" }, all), ...of("a", 4_000), ...of("b", 70), ...of("c", 70)],
    (one, other) => isAbout(one, other) && isOneTeams({ ...one, ...other }),
  );
  assert.deepEqual(
    groups
      .map(({ head, others }) => [head.excess, others.length])
      .toSorted(([a = 0], [b = 0]) => b - a),
    [
      [4_140, 4],
      [70, 2],
      [70, 2],
    ],
  );
});

test("what moved the whole a few days ago is not what moves its parts today", () => {
  const groups = groupSightings([
    ...[
      seen({ team: "b", model: "m" }, { excess: 300 }),
      seen({ team: "c", model: "m" }, { excess: 70 }),
    ],
    ...[seen({ model: "m" }, { excess: 4_080 }), seen({}, { excess: 4_080 })],
  ]);
  assert.deepEqual(
    groups.map(({ head, others }) => [head.excess, others.length]),
    [
      [300, 0],
      [70, 0],
      [4_080, 1],
    ],
  );
});

/** Each agent works for the team that it is called by. */
function isOneTeams({ team, agent }: AnomalyScope): boolean {
  return team === undefined || agent === undefined || agent === `${team}'s`;
}

test("a model without a price is a thing of its own, whatever its callers do", () => {
  const unpriced = seen({ model: "m" }, { source: "agent", kind: "unpriced_usage" });
  const loop = seen({ team: "a", agent: "x" }, { source: "agent", kind: "runaway_loop" });
  const burn = seen({ team: "a", model: "m" }, { source: "hour", kind: "burn" });
  const groups = groupSightings([loop, burn, unpriced]);
  assert.deepEqual(groups.map(({ head }) => head.kind).toSorted(), [
    "runaway_loop",
    "unpriced_usage",
  ]);
});

test("two teams that nothing wider joins are two things", () => {
  assert.equal(groupSightings([seen({ team: "a" }), seen({ team: "b" })]).length, 2);
});

test("a rise and a fall, or one a week later, are two things", () => {
  assert.equal(groupSightings([seen({}), seen({}, { direction: -1 })]).length, 2);
  const later = seen({}, { startsAt: 168 * HOUR_MS, endsAt: 192 * HOUR_MS });
  assert.equal(groupSightings([seen({}), later]).length, 2);
});

test("a looping agent takes the hours of its team along, and nothing of another team", () => {
  const loop = seen({ team: "a", agent: "x" }, { source: "agent", kind: "runaway_loop" });
  const own = seen({ team: "a" }, { source: "hour", kind: "burn" });
  const [only, ...more] = groupSightings([own, seen({}), loop]);
  assert.equal(only?.head.kind, "runaway_loop");
  assert.deepEqual(more, []);
  assert.deepEqual(scopesOf([loop, seen({ team: "b" }), seen({})]), [
    [JSON.stringify({ team: "a", agent: "x" })],
    [JSON.stringify({ team: "b" }), JSON.stringify({})].sort(),
  ]);
});

test("a scope has the same keys in whatever order it was stored", () => {
  const keys = ["team=payments", "model=gpt-5.5", "agent=reviewer"];
  assert.deepEqual(keysOfScope({ agent: "reviewer", model: "gpt-5.5", team: "payments" }), keys);
});

test("an agent that loops in two sessions is told by the dearer one, with the money of both", () => {
  const loop = (session: string, wasted: string, calls: number) =>
    seen(
      { team: "a", agent: "x" },
      {
        ...{ source: "agent", kind: "runaway_loop", wasted: parseUsd(wasted) },
        finding: { tool: "grep", calls, session },
      },
    );
  const [only, ...more] = groupSightings([loop("s1", "30", 100), loop("s2", "70", 250)]);
  assert.deepEqual(more, []);
  assert.equal(only?.head.wasted, parseUsd("100"));
  assert.deepEqual(only?.head.finding, { tool: "grep", calls: 350, session: "s2", sessions: 2 });
});

test("of what an agent is proven to have done the dearest is told", () => {
  const of = (kind: Sighting["kind"], wasted: string) =>
    seen({ team: "a", agent: "x" }, { source: "agent", kind, wasted: parseUsd(wasted) });
  const [only] = groupSightings([of("cache_collapse", "3"), of("runaway_loop", "200")]);
  assert.deepEqual([only?.head.kind, only?.head.wasted], ["runaway_loop", parseUsd("200")]);
});
