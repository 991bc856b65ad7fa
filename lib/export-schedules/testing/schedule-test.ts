import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createUser } from "#lib/auth/create-user.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { askRun } from "../ask-run.ts";
import { createSchedule } from "../change-schedule.ts";
import { listRuns } from "../run-log.ts";
import { NewSchedule } from "../schedule-input.ts";
import { type DeliveryDeps, workOnRun } from "../work-on-run.ts";

export const SECRET = "a secret of the installation";
export const PUBLIC_URL = "http://outlay.example";
export const INSTALLATION = { secret: SECRET, webhookAllow: ["127.0.0.0/8"] };
const DIRECTORY = { kind: "directory", path: "finance/focus" };
const never = new AbortController().signal;

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A database, an allowed directory, an owner of the role finance and a clock that stands still. */
export async function startScheduleTest() {
  const database = await createTestDatabase();
  const { sql, db } = database;
  const root = await mkdtemp(join(tmpdir(), "outlay-exports-"));
  after(() => rm(root, { recursive: true }));
  const settings = { ...INSTALLATION, exportDir: root };
  const deps: DeliveryDeps = { database, publicUrl: PUBLIC_URL, ...settings };
  let people = 0;
  const state = { now: new Date(0), owner: testViewer("finance") };
  /** Somebody who may be shut out again. */
  const person = async (name: string, role: "admin" | "finance"): Promise<Viewer> => {
    people += 1;
    const { id } = await createUser(db, SYSTEM, {
      ...{ name, email: `p${people}@acme.example`, password: "correct-horse-9" },
      ...{ role, teams: [] },
    });
    return { ...testViewer(role), id, label: name };
  };
  beforeEach(async () => {
    await sql`truncate export_schedule cascade`;
    await rm(join(root, "finance"), { recursive: true, force: true });
    state.now = new Date("2026-11-22T12:00:00Z");
    state.owner = await person("Fin", "finance");
  });
  const work = (more: Partial<DeliveryDeps> = {}) =>
    workOnRun({ ...deps, ...more }, () => state.now, never);
  return {
    ...{ sql, db, root, settings, state, person, work },
    schedule: (more: object = {}, viewer = state.owner) =>
      createSchedule(
        sql,
        viewer,
        NewSchedule.parse({
          ...{ name: "FOCUS for the warehouse", request: { export: "focus" } },
          ...{ destination: DIRECTORY, cadence: "weekly", day: 1, hour: 6, ...more },
        }),
        { settings, now: state.now },
      ),
    /** Asks for a run and does what there is to do. */
    deliver: async (id: string, kind: "asked" | "test" = "asked") => {
      state.now = new Date(state.now.getTime() + 1);
      await askRun(sql, state.owner, { id, kind, now: state.now });
      while (await work());
    },
    workAll: async () => {
      while (await work());
    },
    runsOf: (scheduleId: string) =>
      listRuns(sql, state.owner, { scheduleId, limit: 50, before: null }),
  };
}
