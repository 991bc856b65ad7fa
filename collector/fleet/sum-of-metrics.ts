import type { Worker } from "node:cluster";
import type { FleetMessage } from "./fleet-message.ts";
import { sumPrometheus } from "./sum-prometheus.ts";

/** A member that hangs is left out of the sum rather than that nobody gets one. */
const PATIENCE_MS = 1_000;

type Member = Pick<Worker, "id" | "send">;

/** Gathers the metrics of all members for the one that was asked. */
export class SumOfMetrics {
  #asks = 0;
  readonly #open = new Map<
    number,
    { readonly texts: string[]; missing: number; end: () => void }
  >();

  /** @param members all that run now, the sender among them. */
  take(from: Member, message: FleetMessage, members: readonly Member[]): void {
    if (message.fleet === "sum") this.#gather(from, message.ask, message.text, members);
    if (message.fleet !== "told") return;
    const open = this.#open.get(message.ask);
    if (open === undefined) return;
    open.texts.push(message.text);
    open.missing -= 1;
    if (open.missing === 0) open.end();
  }

  #gather(asker: Member, ask: number, text: string, members: readonly Member[]): void {
    const id = ++this.#asks;
    const others = members.filter((member) => member.id !== asker.id);
    const texts = [text];
    const end = () => {
      clearTimeout(late);
      this.#open.delete(id);
      asker.send({ fleet: "summed", ask, text: sumPrometheus(texts) } satisfies FleetMessage);
    };
    const late = setTimeout(end, PATIENCE_MS);
    this.#open.set(id, { texts, missing: others.length, end });
    if (others.length === 0) end();
    for (const member of others) member.send({ fleet: "tell", ask: id } satisfies FleetMessage);
  }
}
