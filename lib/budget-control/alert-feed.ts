import type { Scope } from "#lib/budgets/budget.ts";
import { ChannelFeed } from "#lib/db/channel-feed.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { ALERT_CHANNEL } from "./say.ts";

/** A message on a budget, as it was sent. */
export type LiveAlert = {
  readonly id: string;
  readonly scope: Scope;
  readonly type: string;
  readonly data: unknown;
};

/** Tells of each message on a budget, once, as it is committed. */
export class AlertFeed extends ChannelFeed<LiveAlert> {
  constructor(sql: SqlClient) {
    super(sql, ALERT_CHANNEL, readAlert);
  }
}

async function readAlert(sql: SqlClient, id: string): Promise<LiveAlert | null> {
  const [row] = await sql<{ scope: Scope; event: { type: string; data: unknown } | null }[]>`
    select b.scope, c.event from budget_crossing c join budget b on b.id = c.budget_id
     where c.id = ${id}`;
  return row === undefined || row.event === null ? null : { id, scope: row.scope, ...row.event };
}
