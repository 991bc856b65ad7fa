import assert from "node:assert/strict";
import { test } from "node:test";
import { CHART_WIDTHS, labelSteps } from "./label-steps.ts";

const month = Array.from({ length: 30 }, (_, day) => `Nov ${day + 1}`);

test("a week's days are all named, but on a phone", () => {
  const week = month.slice(0, 7);
  assert.deepEqual(labelSteps(week), [2, 2, 1, 1, 1]);
});

test("labels keep their distance at every width, also Chinese ones", () => {
  for (const labels of [month, month.map((_, day) => `11月${day + 1}日`), ["Nov 1"], []]) {
    const steps = labelSteps(labels);
    for (const [i, width] of CHART_WIDTHS.entries()) {
      const apart = ((width - 60) / Math.max(1, labels.length)) * (steps[i] ?? 0);
      assert.ok(labels.length < 2 || apart >= 60, `${labels[0]} at ${width}`);
    }
  }
});
