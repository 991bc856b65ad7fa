import { concerns } from "#lib/access/access-feed.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { readAnomaly } from "#lib/anomaly-control/list-anomalies.ts";
import { maySee } from "#lib/budget-control/budget-access.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { anomalyBody } from "./anomalies.ts";
import { figures } from "./figures.ts";
import { iso } from "./iso.ts";
import { accessFeed, alertFeed, anomalyFeed, sharedTotals, usageChanges } from "./live-totals.ts";

/** Keeps proxies from closing a quiet stream, tells a page that somebody is there, and finds out what ends by its time. */
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 3_000;
/** Between two events of one stream. */
const INTERVAL_MS = 1_000;

type Live = {
  readonly sql: SqlClient;
  readonly viewer: Viewer;
  /** The viewer as of now; rejects when the key or session has ended. */
  readonly stillViewer: () => Promise<Viewer>;
  readonly signal: AbortSignal;
};

/**
 * Server-sent events: `usage` with the totals of today, at once and after each
 * change, at most once a second, `alert` with each message on a budget that the
 * viewer may see, and `anomaly` with each one of theirs that is opened or
 * resolved; `beat` where nothing else is said. Ends at once with the viewer's
 * key or session, and when what they may see has changed: the browser then comes
 * back by itself.
 */
export function usageStream({
  sql,
  viewer,
  stillViewer,
  signal,
}: Live): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop: () => void = () => {};
  return new ReadableStream({
    start: async (controller) => {
      let isOpen = true;
      const cleanUps: (() => void)[] = [];
      stop = () => {
        if (!isOpen) return;
        isOpen = false;
        for (const cleanUp of cleanUps) cleanUp();
        closeQuietly(controller);
      };
      const send = (text: string) => {
        if (!isOpen) return;
        // A reader that has stopped reading must not fill the memory.
        if ((controller.desiredSize ?? 0) < -MOST_WAITING) stop();
        else controller.enqueue(encoder.encode(text));
      };
      const guarded = (work: () => Promise<void>) => () => void work().catch(stop);
      let lastAt = 0;
      let timer: ReturnType<typeof setTimeout> | null = null;
      cleanUps.push(() => clearTimeout(timer ?? undefined));
      const sendTotals = async () => {
        timer = null;
        lastAt = Date.now();
        const totals = await sharedTotals(sql, viewer, lastAt);
        send(event("usage", totalsBody(totals)));
      };
      const sendSoon = () => {
        timer ??= setTimeout(guarded(sendTotals), Math.max(0, lastAt + INTERVAL_MS - Date.now()));
      };

      const until = async (subscription: Promise<() => void>) => {
        const end = await subscription;
        if (isOpen) cleanUps.push(end);
        else end();
      };
      const stillHere = guarded(async () => {
        if (!isSameSight(await stillViewer(), viewer)) stop();
        else send(event("beat", {}));
      });

      send(`retry: ${RECONNECT_MS}\n\n`);
      signal.addEventListener("abort", stop, { once: true });
      cleanUps.push(() => signal.removeEventListener("abort", stop));
      try {
        const access = accessFeed(sql).subscribe((subject) => {
          if (concerns(subject, viewer)) stillHere();
        });
        await until(access);
        await until(usageChanges(sql).subscribe(sendSoon));
        const alerts = alertFeed(sql).subscribe(({ id, scope, type, data }) => {
          if (maySee(viewer, { scope })) send(event("alert", { id, type, data }));
        });
        await until(alerts);
        const anomalies = anomalyFeed(sql).subscribe((id) => {
          // A stream that may not see it, or misses it, says nothing of it.
          readAnomaly(sql, viewer, id)
            .then((anomaly) => send(event("anomaly", anomalyBody(anomaly))))
            .catch(() => {});
        });
        await until(anomalies);
        await sendTotals();
      } catch {
        stop();
        return;
      }
      // What changed while the subscriptions were being made was told to nobody.
      stillHere();
      if (!isOpen) return;
      const beat = setInterval(stillHere, HEARTBEAT_MS);
      cleanUps.push(() => clearInterval(beat));
    },
    cancel: () => stop(),
  });
}

const MOST_WAITING = 64;

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function totalsBody({ from, to, total, asOf }: Awaited<ReturnType<typeof sharedTotals>>) {
  return {
    from: iso(from),
    to: iso(to),
    as_of: iso(asOf),
    currency: CURRENCY,
    cost_basis: "effective",
    total: figures(total),
  };
}

function isSameSight(now: Viewer, then: Viewer): boolean {
  return JSON.stringify([now.role, now.teams]) === JSON.stringify([then.role, then.teams]);
}

function closeQuietly(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch {
    // The reader went first.
  }
}
