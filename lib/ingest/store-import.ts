import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { eventIdOf } from "#lib/ledger/event-id.ts";
import { LEDGER_ROWS, LEDGER_SUMS } from "#lib/rollups/ledger-sums.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { type Committed, Ledger } from "./commit.ts";
import { type TelemetryOverlap, telemetryBeside } from "./import-overlap.ts";
import type { IngestPlan } from "./ingest-plan.ts";

/** What an import has brought, or in a rehearsal would bring. */
export type ImportSummary = Committed & {
  /** Rows of the file that are in the ledger but do not count: another item tells of the same call. */
  readonly notCounted: number;
  /** What the file's rows that count come to, new and repeated ones alike; the dearest model first. */
  readonly models: readonly ModelSums[];
  /** The same by team, the dearest first. */
  readonly teams: readonly TeamSums[];
  /** What telemetry has told of the same models and days: perhaps the same calls. */
  readonly overlaps: readonly TelemetryOverlap[];
};

/** Counts and decimal dollars by the names of the rollups' measures. */
export type ModelSums = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly sums: Readonly<Record<string, string>>;
};

export type TeamSums = { readonly team: string; readonly sums: ModelSums["sums"] };

/**
 * Stores an imported file's events and puts that on record, all of it or
 * nothing, in one transaction.
 * With `isRehearsal` the same is done and taken back: what it reports is what
 * would happen, down to calls that telemetry has told of already.
 */
export async function storeImport(
  sql: SqlClient,
  plan: IngestPlan,
  events: readonly UsageEvent[],
  options: {
    readonly receivedAtMs: number;
    readonly isRehearsal: boolean;
    readonly by: AuditActor;
    readonly source: string;
  },
): Promise<ImportSummary> {
  if (events.length === 0) return NOTHING;
  const store = async (client: SqlClient): Promise<ImportSummary> => {
    const committed = await new Ledger(client, () => plan).commit({
      arrivals: events.map((event) => ({ event, keyId: "" })),
      nodes: [],
      refusals: [],
      receivedAtMs: options.receivedAtMs,
    });
    return { ...committed, ...(await found(client, events)) };
  };
  if (options.isRehearsal) return rehearse(sql, store);
  return sql.begin(async (tx) => {
    const summary = await store(clientWithin(tx));
    await recordAudit(tx, {
      ...{ actor: options.by, action: "usage.imported" },
      target: { kind: "import_source", id: options.source },
      after: { stored: summary.stored, repeated: summary.repeated },
    });
    return summary;
  });
}

const NOTHING: ImportSummary = {
  stored: 0,
  repeated: 0,
  notCounted: 0,
  models: [],
  teams: [],
  overlaps: [],
};

async function rehearse<T>(sql: SqlClient, work: (client: SqlClient) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const rollBack = new Error("the rehearsal is over");
  await sql
    .begin(async (tx) => {
      result = { value: await work(clientWithin(tx)) };
      throw rollBack;
    })
    .catch((error: unknown) => {
      if (error !== rollBack) throw error;
    });
  if (result === undefined) throw new Error("a rehearsal without a result");
  return result.value;
}

/** A transaction that can be used like the client: what begins in it is a savepoint. */
function clientWithin(tx: Tx): SqlClient {
  return new Proxy(tx, {
    get: (target, key) =>
      key === "begin"
        ? (work: (inner: Tx) => unknown) => tx.savepoint(work)
        : Reflect.get(target, key),
  }) as unknown as SqlClient;
}

async function found(
  sql: SqlClient,
  events: readonly UsageEvent[],
): Promise<Omit<ImportSummary, keyof Committed>> {
  const times = events.map(({ startedAtMs }) => startedAtMs);
  const bounds = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  const values = [
    events.map(({ identity, startedAtMs }) => eventIdOf(identity, startedAtMs)),
    ...bounds.map((ms) => new Date(ms).toISOString()),
  ];
  const within =
    "u.id = any($1::uuid[]) and u.started_at between $2::timestamptz and $3::timestamptz";
  const [uncounted] = await sql.unsafe<{ count: bigint }[]>(
    `select count(*) from usage_event u where not u.counted and ${within}`,
    values as never[],
  );
  const sumsBy = <Group>(columns: string) =>
    sql.unsafe<(Group & { readonly sums: ModelSums["sums"] })[]>(
      `select ${columns}, jsonb_build_object(${LEDGER_SUMS.map(
        ([name, sum]) => `'${name}', trim_scale((${sum})::numeric)::text`,
      ).join(", ")}) as sums
         from ${LEDGER_ROWS} and ${within}
        group by ${columns}
        order by sum(u.cost) desc nulls last, ${columns}`,
      values as never[],
    );
  const models = await sumsBy<Pick<ModelSums, "provider" | "model">>("d.provider, d.model");
  const teams = await sumsBy<Pick<TeamSums, "team">>("d.team");
  return {
    notCounted: Number(uncounted?.count ?? 0),
    models: [...models],
    teams: [...teams],
    overlaps: await telemetryBeside(sql, within, values),
  };
}
