import { context } from "#app/_server/context.ts";
import { isMigrated } from "#lib/db/is-migrated.ts";
import { isChecking } from "../v1/_lib/check.ts";

export const dynamic = "force-dynamic";

const PATIENCE_MS = 3_000;

/**
 * Readiness: 200 only when the database answers and has this release's
 * migrations, and checks (`POST /api/v1/check`) know what is spent.
 */
export async function GET(): Promise<Response> {
  const [database, migrations] = await states();
  const checks = isChecking() ? "ok" : "starting";
  const isReady = database === "ok" && migrations === "ok" && checks === "ok";
  return Response.json(
    { status: isReady ? "ready" : "not_ready", database, migrations, checks },
    { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}

async function states(): Promise<["ok" | "unreachable", "ok" | "missing" | "unknown"]> {
  try {
    const found = await Promise.race([isMigrated(context().sql), patience()]);
    return found === null ? ["unreachable", "unknown"] : ["ok", found ? "ok" : "missing"];
  } catch {
    return ["unreachable", "unknown"];
  }
}

function patience(): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null).unref());
}
