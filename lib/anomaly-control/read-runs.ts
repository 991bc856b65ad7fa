import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, splitUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";

/** One counted model or tool call of a session, or of a trace where nobody names the session. */
export type RunCall = {
  readonly run: string;
  readonly isSession: boolean;
  /** Hex; null where no trace is named. */
  readonly trace: string | null;
  readonly isTool: boolean;
  readonly team: string;
  readonly agent: string | null;
  readonly model: string | null;
  readonly tool: string | null;
  readonly startedAtMs: number;
  /** Null when it has no price. */
  readonly cost: Usd | null;
  readonly contextTokens: number;
  /** Equal for equal arguments; null where content leaves no trace. */
  readonly argumentsHash: string | null;
};

const HOUR_MS = 3_600_000;
const MOST_SESSIONS = 100;
const MOST_CALLS = 40_000;

/**
 * The calls of sessions that were alive in the last quarter of an hour and cost
 * or called enough to be worth a look, and the newest calls of traces without a
 * session. By index in both cases, and never more than 40,000 rows each.
 */
export async function readRuns(
  sql: SqlClient,
  { now, floor }: { readonly now: number; readonly floor: number },
): Promise<ReadonlyMap<string, readonly RunCall[]>> {
  const alive = new Date(now - HOUR_MS / 4);
  const sessions = await sql<{ session_id: string }[]>`
    select session_id from session where last_at >= ${alive}
     group by session_id
    having sum(cost) >= ${String(floor)}::numeric or sum(tool_calls) >= 200
     order by sum(cost) desc limit ${MOST_SESSIONS}`;
  const ids = sessions.map(({ session_id }) => session_id);
  const [named, unnamed] = await Promise.all([
    sql<CallRow[]>`
      select ${columns(sql)}, e.session_id as run, true as is_session
        from priced_event e join dimension_set d on d.id = e.dimension_set_id
       where e.session_id = any(${ids}::text[]) and e.counted
         and e.started_at >= ${new Date(now - 6 * HOUR_MS)} and d.kind <> 'agent_run'
       order by e.started_at desc limit ${MOST_CALLS}`,
    sql<CallRow[]>`
      select ${columns(sql)}, encode(e.trace_id, 'hex') as run, false as is_session
        from priced_event e join dimension_set d on d.id = e.dimension_set_id
       where e.started_at >= ${new Date(now - HOUR_MS)} and e.started_at <= ${new Date(now + HOUR_MS)}
         and e.session_id is null and e.trace_id is not null and e.counted
         and d.kind <> 'agent_run'
       order by e.started_at desc limit ${MOST_CALLS}`,
  ]);
  return Map.groupBy([...named, ...unnamed].map(toCall), ({ run }) => run);
}

/**
 * Tool calls of a run with what they cost: their own cost and, in equal parts
 * with the others that it asked for, that of the model call before them.
 */
export function toolCosts(calls: readonly RunCall[]): (RunCall & { readonly total: Usd })[] {
  const found: (RunCall & { readonly total: Usd })[] = [];
  let asked: RunCall[] = [];
  let asking: Usd = ZERO_USD;
  const settle = () => {
    const shares =
      asked.length === 0
        ? []
        : splitUsd(
            asking,
            asked.map(() => 1n),
          );
    for (const [index, call] of asked.entries()) {
      found.push({ ...call, total: ((call.cost ?? 0n) + (shares[index] ?? 0n)) as Usd });
    }
    asked = [];
  };
  for (const call of calls.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    if (call.isTool) {
      asked.push(call);
      continue;
    }
    settle();
    asking = call.cost ?? ZERO_USD;
  }
  settle();
  return found;
}

function columns(sql: SqlClient) {
  return sql`
    encode(e.trace_id, 'hex') as trace, d.kind = 'tool_call' as is_tool, d.team, d.agent, d.model, d.tool, e.started_at, e.cost,
    (coalesce(e.input_uncached, 0) + coalesce(e.cache_read, 0) + coalesce(e.cache_write_5m, 0)
      + coalesce(e.cache_write_1h, 0))::float8 as context_tokens,
    (select string_agg(a.value, ' ' order by a.key) from jsonb_each_text(e.attributes) a
      where a.key ~ '(argument|args|input|parameter|command|query)[^.]*[.]hash$') as arguments_hash`;
}

type CallRow = {
  readonly run: string;
  readonly is_session: boolean;
  readonly trace: string | null;
  readonly is_tool: boolean;
  readonly team: string;
  readonly agent: string | null;
  readonly model: string | null;
  readonly tool: string | null;
  readonly started_at: Date;
  readonly cost: string | null;
  readonly context_tokens: number;
  readonly arguments_hash: string | null;
};

function toCall(row: CallRow): RunCall {
  const { run, trace, team, agent, model, tool } = row;
  return {
    ...{ run, trace, team, agent, model, tool },
    isSession: row.is_session,
    isTool: row.is_tool,
    startedAtMs: row.started_at.getTime(),
    cost: row.cost === null ? null : parseUsd(row.cost),
    contextTokens: row.context_tokens,
    argumentsHash: row.arguments_hash,
  };
}
