import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { getPriority } from "node:os";
import { test } from "node:test";

test("the worker's process gives way to those that take telemetry in", () => {
  const script = `
    const { giveWay } = await import(${JSON.stringify(import.meta.resolve("./give-way.ts"))});
    const { getPriority } = await import("node:os");
    giveWay();
    process.stdout.write(String(getPriority()));`;
  const told = execFileSync(process.execPath, ["--input-type=module", "-e", script]);
  assert.equal(Number(told), Math.max(5, getPriority()));
});
