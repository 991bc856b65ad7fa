import type { JobDeps, JobResult } from "./job.ts";

const DAY_MS = 86_400_000;

/** Small, so that no delete holds locks or fills the write-ahead log for long. */
const BATCH = 2_000;

/** Places of spans in their traces: after a week no call of the trace is still on its way. */
export function deleteTraceNodes(deps: JobDeps, now: Date): Promise<JobResult> {
  const before = daysBefore(now, 7);
  return inBatches(
    deps,
    ({ sql }) => sql`
      delete from trace_node
       where (trace_id, hash) in (
         select trace_id, hash from trace_node
          where received_at < ${before} order by received_at limit ${BATCH})`,
  );
}

/** What was refused more than a quarter ago. */
export function deleteRejections(deps: JobDeps, now: Date): Promise<JobResult> {
  const before = daysBefore(now, 90);
  return inBatches(
    deps,
    ({ sql }) => sql`
      delete from rejection
       where (hour, key_id, signal, reason) in (
         select hour, key_id, signal, reason from rejection
          where hour < ${before} order by hour limit ${BATCH})`,
  );
}

/** Events a quarter after they happened, with their deliveries; not what is still on its way. */
export function deleteNotifications(deps: JobDeps, now: Date): Promise<JobResult> {
  const before = daysBefore(now, 90);
  return inBatches(
    deps,
    ({ sql }) => sql`
      delete from notification_event
       where id in (
         select id from notification_event as event
          where occurred_at < ${before} and dispatched_at is not null
            and not exists (select from webhook_delivery as delivery
                             where delivery.event_id = event.id and delivery.status = 'pending')
          order by occurred_at limit ${BATCH})`,
  );
}

/** What was held for calls of more than a week ago. */
export function deleteReservations(deps: JobDeps, now: Date): Promise<JobResult> {
  const before = daysBefore(now, 7);
  return inBatches(
    deps,
    ({ sql }) => sql`
      delete from spend_reservation
       where id in (
         select id from spend_reservation
          where created_at < ${before} order by created_at limit ${BATCH})`,
  );
}

/** The jobs' own record, except each job's newest run, which says when the next is due. */
export function deleteJobRuns(deps: JobDeps, now: Date): Promise<JobResult> {
  const before = daysBefore(now, 30);
  return inBatches(
    deps,
    ({ sql }) => sql`
      delete from job_run
       where id in (
         select id from job_run as r
          where started_at < ${before}
            and exists (select from job_run as newer
                         where newer.job = r.job and newer.started_at > r.started_at)
          limit ${BATCH})`,
  );
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

async function inBatches(
  deps: JobDeps,
  deleteBatch: (deps: JobDeps) => PromiseLike<{ readonly count: number }>,
): Promise<JobResult> {
  let deleted = 0;
  while (!deps.signal.aborted) {
    const { count } = await deleteBatch(deps);
    deleted += count;
    if (count < BATCH) break;
  }
  return { deleted };
}
