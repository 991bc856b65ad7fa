import { PLAN_CHANNEL } from "#lib/access/keys.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type IngestPlan, loadIngestPlan } from "#lib/ingest/ingest-plan.ts";

/** In case a notice was lost with its connection. */
const REFRESH_MS = 30_000;

/**
 * The plan that exports are filed by, kept up to date: read anew when a key,
 * team, rule or price changes, and every half minute.
 */
export class CurrentPlan {
  #plan: IngestPlan;
  readonly #load: () => Promise<IngestPlan>;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | null = null;

  private constructor(
    plan: IngestPlan,
    load: () => Promise<IngestPlan>,
    onError: (error: unknown) => void,
  ) {
    this.#plan = plan;
    this.#load = load;
    this.#onError = onError;
  }

  /** @param onChange Called after each notice, for what else depends on keys. */
  static async start(
    sql: SqlClient,
    onChange: () => void,
    onError: (error: unknown) => void,
  ): Promise<CurrentPlan> {
    const load = () => loadIngestPlan(sql);
    const current = new CurrentPlan(await load(), load, onError);
    await sql.listen(PLAN_CHANNEL, () => {
      onChange();
      void current.refresh();
    });
    current.#timer = setInterval(() => void current.refresh(), REFRESH_MS);
    current.#timer.unref();
    return current;
  }

  get(): IngestPlan {
    return this.#plan;
  }

  async refresh(): Promise<void> {
    try {
      this.#plan = await this.#load();
    } catch (error) {
      this.#onError(error);
    }
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }
}
