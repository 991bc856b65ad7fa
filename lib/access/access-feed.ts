import { ChannelFeed } from "#lib/db/channel-feed.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Viewer } from "./viewer.ts";

/** What triggers of the database notify (drizzle/0020): `user ID`, `key ID`, or nothing for everybody. */
const ACCESS_CHANNEL = "outlay_access";

/** Tells whose access may have changed: a session or key that ended, another role, other teams. */
export class AccessFeed extends ChannelFeed<string> {
  constructor(sql: SqlClient) {
    super(sql, ACCESS_CHANNEL, async (_, subject) => subject);
  }
}

/** Whether what a feed told of may change what this viewer sees. */
export function concerns(subject: string, { kind, id }: Pick<Viewer, "kind" | "id">): boolean {
  return subject === "" || subject === `${kind} ${id}`;
}
