import type { EventWords } from "../event-words.ts";
import { cut } from "./cut.ts";
import type { StoredEvent } from "./format.ts";

/**
 * An event of PagerDuty's Events API v2. What ends a trouble resolves it under
 * the same key, and who takes it on acknowledges it; what is none (a test)
 * comes as information.
 */
export function pagerDutyEvent(
  { title, summary, scope, url, open, severity, subject, action }: EventWords,
  { type, at, data }: StoredEvent,
  routingKey: string | null,
) {
  return {
    ...(routingKey === null ? {} : { routing_key: routingKey }),
    event_action: action === "none" ? "trigger" : action,
    dedup_key: cut(`outlay:${subject}`, 255),
    client: "Outlay",
    client_url: url,
    links: [{ href: url, text: open }],
    payload: {
      summary: cut(`${title}. ${summary}`, 1_024),
      source: "outlay",
      severity,
      timestamp: at.toISOString(),
      component: subject.split(":")[0],
      group: scope,
      class: type,
      custom_details: data,
    },
  };
}
