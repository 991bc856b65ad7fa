import assert from "node:assert/strict";
import { test } from "node:test";
import { OTHER, seriesTotal, usageSeries } from "#app/_charts/usage-series.ts";
import { periodBetween } from "#app/_period/period.ts";
import { readFilters } from "#app/_query/filters.ts";
import type { Dimension } from "#lib/reports/usage-query.ts";
import { seriesHref } from "./chart-words.ts";
import type { ExploreQuery } from "./explore-pairs.ts";
import { groupKey } from "./group-key.ts";
import type { Measure } from "./measures.ts";

const start = new Date("2026-11-01T00:00:00Z");
const end = new Date("2026-11-02T00:00:00Z");

function asks(measure: Measure, groupBy: readonly Dimension[]): ExploreQuery {
  return {
    period: periodBetween(start, end, "UTC"),
    ...{ filters: {}, costBasis: "effective", measure, groupBy, bucket: "day" },
    ...{ wantedBucket: null, compare: false, added: null },
  };
}

/** The amounts of twelve models in two teams; one call told no model. */
const rows = Array.from({ length: 24 }, (_, index) => ({
  bucketStart: start,
  group: { team: `t${index % 2}`, model: index < 2 ? null : `m${index >> 1}` },
  amount: BigInt(index + 1),
}));

/** The rows that the filters of an address let pass. */
function behind(href: string): bigint {
  const filters = readFilters(paramsOf(href));
  return rows
    .filter(({ group }) =>
      (["team", "model"] as const).every((name) => filters[name]?.includes(group[name]) ?? true),
    )
    .reduce((sum, { amount }) => sum + amount, 0n);
}

function paramsOf(href: string): Record<string, string[]> {
  const params = new URL(href, "http://outlay").searchParams;
  return Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
}

for (const measure of ["spend", "tokens"] as const) {
  test(`each sum of a chart of ${measure} leads to what it is the sum of, Other too`, () => {
    const query = asks(measure, ["model"]);
    const series = usageSeries(
      rows,
      (group) => groupKey(query.groupBy, group),
      ({ amount }) => amount,
      [{ start, end }],
    );
    assert.equal(series.keys.at(-1), OTHER);
    for (const [place, key] of series.keys.entries()) {
      const href = seriesHref(query, key === OTHER ? series.others : [key]);
      assert.equal(behind(href), seriesTotal(series, place), href);
    }
  });
}

test("a series of two dimensions leads to both, and the rest of them to the table", () => {
  const query = asks("model_calls", ["team", "model"]);
  const series = usageSeries(
    rows,
    (group) => groupKey(query.groupBy, group),
    ({ amount }) => amount,
    [{ start, end }],
  );
  const [first] = series.keys;
  if (typeof first !== "string") throw new Error("the largest group has no name");
  const href = seriesHref(query, [first]);
  assert.equal(behind(href), 24n);
  assert.deepEqual(paramsOf(href)["filter.kind"], ["model_call"]);
  assert.equal(seriesHref(query, series.others), "#groups");
});
