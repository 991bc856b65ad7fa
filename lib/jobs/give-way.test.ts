import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { text } from "node:stream/consumers";
import { test } from "node:test";

const AUTOGROUP = "/proc/self/autogroup";
const SCRIPT = `
  const { BEHIND_ALL, BEHIND_TELEMETRY, giveWay } = await import(${JSON.stringify(import.meta.resolve("./give-way.ts"))});
  const { existsSync, readFileSync } = await import("node:fs");
  giveWay(process.argv[1] === "all" ? BEHIND_ALL : BEHIND_TELEMETRY);
  console.log((await import("node:os")).getPriority());
  console.log(existsSync("${AUTOGROUP}") ? readFileSync("${AUTOGROUP}", "latin1").trim() : "");`;

async function afterGivingWay(behind: "telemetry" | "all", detached: boolean) {
  const child = spawn(process.execPath, ["--input-type=module", "-e", SCRIPT, behind], {
    detached,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [niceness, session] = (await text(child.stdout)).split("\n");
  return { niceness: Number(niceness), session };
}

test("the worker's process gives way to those that take telemetry in", async () => {
  const { niceness } = await afterGivingWay("telemetry", false);
  assert.equal(niceness, Math.max(5, getPriority()));
});

test("a process that works on idle cores alone is the last in line", async () => {
  const { niceness } = await afterGivingWay("all", false);
  assert.equal(niceness, 19);
});

test("a session of its own gives way as a whole", async () => {
  const { session } = await afterGivingWay("all", true);
  if (existsSync(AUTOGROUP)) assert.match(session ?? "", / nice 19$/);
  else assert.equal(session, "");
});

test("a session that others are in keeps its rank", async () => {
  const before = existsSync(AUTOGROUP) ? readFileSync(AUTOGROUP, "latin1").trim() : "";
  const { session } = await afterGivingWay("all", false);
  assert.equal(session, before);
});
