import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type AttemptOutcome, type AttemptResult, judgeAttempt } from "./attempt-outcome.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import { emitEvent, NOTIFICATION_CHANNEL } from "./emit-event.ts";
import type { Format } from "./formats/format.ts";

/** PagerDuty: "do not retry", the event or its key is wrong. */
const REFUSALS: { readonly [F in Format]?: readonly number[] } = { pagerduty: [400] };

const OUTAGE_MS = 5 * 60_000;

export type Settling = {
  readonly delivery: ClaimedDelivery;
  readonly result: AttemptResult;
  readonly startedAt: Date;
  readonly now: Date;
  readonly chance: number;
  /** Of this installation, for links. */
  readonly publicUrl: string;
};

/**
 * Notes an attempt and what follows from it, if this worker still holds the
 * lease: else another has taken the delivery over, and notes its own.
 */
export async function settleAttempt(sql: SqlClient, settling: Settling): Promise<void> {
  const { delivery, result, startedAt, now, chance } = settling;
  const attempts = delivery.attempts + 1;
  const outcome = judgeAttempt(result, {
    ...{ attempts, now, chance },
    refusals: REFUSALS[delivery.format] ?? [],
  });
  const at = outcome.kind === "retry" ? outcome.at : null;
  const status = outcome.kind === "retry" ? "pending" : outcome.kind;
  await sql.begin(async (tx) => {
    const held = await tx`
      update webhook_delivery
         set status = ${status}, attempts = ${attempts}, leased_until = null, leased_by = null,
             next_attempt_at = coalesce(${at}::timestamptz, next_attempt_at),
             finished_at = ${outcome.kind === "retry" ? null : now}
       where id = ${delivery.id} and leased_by = ${delivery.lease} and status = 'pending'
      returning id`;
    if (held.length === 0) return;
    await tx`
      insert into webhook_attempt
        (delivery_id, number, started_at, latency_ms, http_status, failure, answer, next_attempt_at)
      values (${delivery.id}, ${attempts}, ${startedAt}, ${result.latencyMs},
              ${result.httpStatus}, ${result.failure}, ${result.answer}, ${at})`;
    if (outcome.kind === "delivered") await noteSuccess(tx, delivery, now);
    else await noteFailure(tx, settling, outcome);
  });
}

/** Gives a delivery back untried, or half tried: the next worker sends it, under the same id. */
export async function releaseDelivery(sql: SqlClient, delivery: ClaimedDelivery): Promise<void> {
  await sql`
    update webhook_delivery set leased_until = null, leased_by = null
     where id = ${delivery.id} and leased_by = ${delivery.lease}`;
}

/**
 * A receiver that is back after an outage gets at once what has waited for it.
 * A short failure is no outage: one message that always fails would otherwise
 * use up its attempts as fast as others arrive.
 */
async function noteSuccess(tx: Tx, { endpointId }: ClaimedDelivery, now: Date): Promise<void> {
  const [before] = await tx<{ since: Date }[]>`
    update webhook_endpoint as endpoint set failing_since = null
      from webhook_endpoint as before
     where endpoint.id = ${endpointId} and before.id = endpoint.id
       and before.failing_since is not null
    returning before.failing_since as since`;
  if (before === undefined || now.getTime() - before.since.getTime() < OUTAGE_MS) return;
  await tx`
    update webhook_delivery set next_attempt_at = ${now}
     where endpoint_id = ${endpointId} and status = 'pending' and next_attempt_at > ${now}`;
  await tx`select pg_notify(${NOTIFICATION_CHANNEL}, '')`;
}

async function noteFailure(
  tx: Tx,
  { delivery, now, publicUrl }: Settling,
  outcome: AttemptOutcome,
): Promise<void> {
  const { endpointId, endpointName } = delivery;
  await tx`
    update webhook_endpoint set failing_since = ${now}
     where id = ${endpointId} and failing_since is null`;
  if (outcome.kind !== "failed" || outcome.because === "refused") return;
  const reason = outcome.because === "gone" ? "gone" : "failing";
  // Not when others have arrived since: then the fault is this message's, not the receiver's.
  const disabled = await tx`
    update webhook_endpoint as endpoint set disabled_at = ${now}, disabled_because = ${reason}
      from webhook_delivery as delivery
     where endpoint.id = ${endpointId} and endpoint.disabled_at is null
       and delivery.id = ${delivery.id}
       and (${reason} = 'gone' or endpoint.failing_since <= (
             select min(started_at) + interval '1 minute' from webhook_attempt
              where delivery_id = delivery.id))
    returning endpoint.id`;
  if (disabled.length === 0) return;
  await emitEvent(tx, {
    type: "webhook.disabled",
    data: {
      endpoint: { id: endpointId, name: endpointName },
      reason,
      url: `${publicUrl}/settings/webhooks/${endpointId}`,
    },
    orderKey: `webhook:${endpointId}`,
    team: null,
    at: now,
  });
}
