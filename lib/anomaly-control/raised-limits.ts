import type { SqlClient } from "#lib/db/client.ts";
import type { Anomaly } from "./anomaly.ts";
import { keyOf } from "./detect-days.ts";
import { feedbackFactor, readFeedback } from "./watch-facts.ts";

/** How many times the usual the limits of what an anomaly is about are by now; 1: as usual. */
export async function raisedLimits(
  sql: SqlClient,
  { scope, source }: Pick<Anomaly, "scope" | "source">,
  now: number,
): Promise<number> {
  const isAgents = source === "agent" && scope.agent !== undefined;
  const key = isAgents ? keyOf({ agent: scope.agent }) : keyOf(scope);
  return feedbackFactor({ feedback: await readFeedback(sql, now) }, key);
}
