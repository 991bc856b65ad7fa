import cluster from "node:cluster";
import { type FleetMessage, isFleetMessage } from "./fleet-message.ts";

/**
 * What `/metrics` answers: the sum over all processes of this collector, since
 * a scrape reaches one of them by chance. Alone it is its own.
 *
 * @param own Prometheus text of this process.
 */
export function shareMetrics(own: () => string): () => Promise<string> {
  if (!cluster.isWorker) return async () => own();
  const waiting = new Map<number, (text: string) => void>();
  let asked = 0;
  process.on("message", (message: unknown) => {
    if (!isFleetMessage(message)) return;
    if (message.fleet === "tell") say({ fleet: "told", ask: message.ask, text: own() });
    if (message.fleet !== "summed") return;
    waiting.get(message.ask)?.(message.text);
    waiting.delete(message.ask);
  });
  return () =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      say({ fleet: "sum", ask: asked, text: own() });
    });
}

function say(message: FleetMessage): void {
  process.send?.(message);
}
