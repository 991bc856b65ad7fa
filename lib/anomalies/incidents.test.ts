import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AnomalyKind, detectDaily, type Verdict } from "./daily-detector.ts";
import { groupIncidents, type Scope, type ScopedIncident } from "./incident-groups.ts";
import { incidentsOf } from "./incidents.ts";

const QUIET: Verdict = { expected: 10, range: { low: 5, high: 15 }, anomaly: null };
const odd = (kind: AnomalyKind, direction: 1 | -1 = 1, isNewLevel = false): Verdict => ({
  ...QUIET,
  anomaly: { kind, direction, isNotable: kind === "spike", isNewLevel },
});

describe("incidentsOf", () => {
  test("joins days at most three apart", () => {
    const verdicts = [odd("drift"), QUIET, QUIET, odd("spike"), QUIET, QUIET, QUIET, odd("spike")];
    const incidents = incidentsOf(verdicts, [15, 10, 10, 40, 10, 10, 10, 30]);
    assert.deepEqual(
      incidents.map(({ firstDay, lastDay, excess, isNotable }) => [
        firstDay,
        lastDay,
        excess,
        isNotable,
      ]),
      [
        [0, 3, 35, true],
        [7, 7, 20, true],
      ],
    );
  });

  test("calls lasting change by its name, and points where the money went", () => {
    const [incident] = incidentsOf(
      [odd("spike"), odd("fall", -1), odd("fall", -1, true)],
      [12, 0, 0],
    );
    assert.deepEqual([incident?.kind, incident?.direction], ["level_shift", -1]);
  });

  test("makes one incident of a level that doubled", () => {
    const values = Array.from(
      { length: 130 },
      (_, day) => (day < 100 ? 100 : 200) + (day % 7) * 5 + 3 * Math.sin(day * day),
    );
    const incidents = incidentsOf(detectDaily(values), values);
    assert.deepEqual(
      incidents.map(({ firstDay, kind }) => [firstDay, kind]),
      [[100, "level_shift"]],
    );
  });
});

describe("groupIncidents", () => {
  const model: Scope = { dimension: "model", value: "large" };
  const team = (value: string): Scope => ({ dimension: "team", value });
  const incident = (scope: Scope, cause: Scope, change: Partial<ScopedIncident> = {}) => ({
    kind: "spike" as const,
    direction: 1 as const,
    firstDay: 10,
    lastDay: 12,
    excess: 100,
    isNotable: true,
    scope,
    cause,
    ...change,
  });
  const sizes = (list: readonly ScopedIncident[]) =>
    groupIncidents(list).map(({ others }) => others.length + 1);

  test("makes one of a bad model in fifty teams, shown as the organisation's", () => {
    const teams = Array.from({ length: 50 }, (_, n) => incident(team(`t${n}`), model));
    const [group, ...more] = groupIncidents([
      ...teams,
      incident(model, null, { excess: 4_000 }),
      incident(null, model, { excess: 5_000 }),
    ]);
    assert.equal(more.length, 0);
    assert.equal(group?.head.scope, null);
    assert.equal(group?.others.length, 51);
  });

  test("keeps what happened for other reasons apart", () => {
    assert.deepEqual(sizes([incident(team("a"), null), incident(team("b"), null)]), [1, 1]);
    assert.deepEqual(sizes([incident(team("a"), model), incident(team("b"), team("b"))]), [1, 1]);
  });

  test("keeps what happened at another time or the other way apart", () => {
    const later = incident(team("b"), model, { firstDay: 16, lastDay: 16 });
    const down = incident(team("b"), model, { direction: -1 });
    assert.deepEqual(sizes([incident(team("a"), model), later]), [1, 1]);
    assert.deepEqual(sizes([incident(team("a"), model), down]), [1, 1]);
    assert.deepEqual(sizes([incident(team("a"), model), { ...later, firstDay: 15 }]), [2]);
  });

  test("joins groups that a later view connects, whatever the order", () => {
    const views = [
      incident(team("a"), null),
      incident(team("b"), model),
      incident(null, null, { excess: 300 }),
    ];
    assert.deepEqual(sizes(views), [3]);
    assert.deepEqual(sizes(views.toReversed()), [3]);
  });
});
