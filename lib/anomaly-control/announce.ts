import type { Tx } from "#lib/db/client.ts";
import { emitEvent } from "#lib/notifications/emit-event.ts";
import { LANGUAGES } from "#lib/notifications/phrases/language.ts";
import { type AnomalyRow, toAnomaly } from "./anomaly.ts";
import { sentenceOf } from "./sentence.ts";

/** The pages' event streams listen here; the payload is an anomaly's id. */
export const ANOMALY_CHANNEL = "outlay_anomalies";

/** Writes the message on an anomaly into the outbox, in the transaction that decides it. */
export async function announce(
  tx: Tx,
  id: string,
  type: "anomaly.opened" | "anomaly.acknowledged" | "anomaly.resolved",
  now: number,
  publicUrl: string,
): Promise<void> {
  const [row] = await tx<AnomalyRow[]>`select * from anomaly where id = ${id}`;
  if (row === undefined) return;
  const teams = await tx<{ team: string }[]>`
    select team from anomaly_part where anomaly_id = ${id} limit 2`;
  const anomaly = toAnomaly(row);
  const { causes, split } = anomaly.explanation;
  await emitEvent(tx, {
    type,
    data: {
      anomaly: {
        id,
        kind: anomaly.kind,
        metric: anomaly.metric,
        state: anomaly.state,
        title: sentenceOf(anomaly),
        titles: Object.fromEntries(LANGUAGES.map((each) => [each, sentenceOf(anomaly, each)])),
        scope: { ...anomaly.scope },
        starts_at: anomaly.startsAt.toISOString(),
        ends_at: anomaly.endsAt.toISOString(),
        expected: anomaly.expectedText,
        actual: anomaly.actualText,
        excess: anomaly.impactText,
        currency: "USD",
        split,
        findings: anomaly.findings,
        owner: anomaly.owner,
        resolved_because: anomaly.resolvedBecause,
      },
      top_drivers: causes.map(({ dimension, value, change }) => ({ dimension, value, change })),
      as_of: new Date(now).toISOString(),
      url: new URL(`/anomalies/${id}`, publicUrl).href,
    },
    orderKey: id,
    // Only the whole of a team's own anomaly is that team's to hear.
    team: teams.length === 1 ? (teams[0]?.team ?? null) : null,
    at: new Date(now),
  });
  if (type === "anomaly.opened") {
    await tx`update anomaly set announced_at = ${new Date(now)} where id = ${id}`;
  }
  await tx`select pg_notify(${ANOMALY_CHANNEL}, ${id})`;
}
