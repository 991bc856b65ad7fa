import assert from "node:assert/strict";
import { test } from "node:test";
import { perBand } from "./band-levels.ts";
import { scoreIssued } from "./score-issued.ts";

test("bias tells too much from too little, beside that of repeating the last week", () => {
  const issued = {
    point: [12, 12],
    naive: [7, 9],
    bands: perBand(() => ({ low: [9, 9], high: [15, 15] })),
  };
  const score = scoreIssued([{ issued, actual: [10, 10] }]);
  assert.deepEqual([score.bias, score.naiveBias], [0.2, -0.2]);
  assert.deepEqual([score.wape, score.naiveWape], [0.2, 0.2]);
  assert.equal(score.held[80], 1);
});

test("days that are unknown or not over are no error", () => {
  const issued = {
    point: [12, 12],
    naive: [7],
    bands: perBand(() => ({ low: [0, 0], high: [1, 1] })),
  };
  const { bias, naiveBias, days } = scoreIssued([{ issued, actual: [null] }]);
  assert.deepEqual([bias, naiveBias, days], [null, null, 0]);
});
