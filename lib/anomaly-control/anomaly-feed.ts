import { ChannelFeed } from "#lib/db/channel-feed.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { ANOMALY_CHANNEL } from "./announce.ts";

/** Tells the id of each anomaly whose message was committed, once. */
export class AnomalyFeed extends ChannelFeed<string> {
  constructor(sql: SqlClient) {
    super(sql, ANOMALY_CHANNEL, async (_, id) => id);
  }
}
