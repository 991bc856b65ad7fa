import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { hotSpots } from "./hot-spots.ts";

const frame = (functionName: string, url = "") => ({ functionName, url, lineNumber: 4 });

test("adds up a function's own time and what it called, recursion once, idling not", async () => {
  const file = "file:///somewhere/lib/ledger/walk.ts";
  const profile = {
    nodes: [
      { id: 1, callFrame: frame("(root)"), children: [2, 3] },
      { id: 2, callFrame: frame("(idle)") },
      { id: 3, callFrame: frame("walk", file), children: [4] },
      { id: 4, callFrame: frame("walk", file), children: [5] },
      { id: 5, callFrame: frame("step", file) },
    ],
    samples: [2, 3, 4, 5, 5],
    timeDeltas: [900_000, 1_000, 2_000, 3_000, 4_000],
  };
  const directory = await mkdtemp(join(tmpdir(), "outlay-profile-"));
  const path = join(directory, "a.cpuprofile");
  await writeFile(path, JSON.stringify(profile));
  const spots = await hotSpots(path, 10);
  await rm(directory, { recursive: true });
  assert.equal(spots.busyMs, 10);
  assert.deepEqual(spots.byTotal, [
    { name: "walk lib/ledger/walk.ts:5", selfMs: 3, totalMs: 10 },
    { name: "step lib/ledger/walk.ts:5", selfMs: 7, totalMs: 7 },
  ]);
  assert.equal(spots.bySelf[0]?.name, "step lib/ledger/walk.ts:5");
});
