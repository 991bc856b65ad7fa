import type { TypedEvent } from "../event-types.ts";
import { eventWords } from "../event-words.ts";
import type { Language } from "../phrases/language.ts";
import { discordMessage } from "./discord.ts";
import { pagerDutyEvent } from "./pagerduty.ts";
import { slackMessage } from "./slack.ts";
import { teamsMessage } from "./teams.ts";

export const FORMATS = ["json", "slack", "teams", "pagerduty", "discord", "email"] as const;
export type Format = (typeof FORMATS)[number];

export type StoredEvent = TypedEvent & { readonly id: string; readonly at: Date };

/** The body to post for an event: every format is made from the same one. */
export function formatBody(
  format: Exclude<Format, "email">,
  event: StoredEvent,
  { routingKey, language }: { readonly routingKey: string | null; readonly language: Language },
): string {
  const words = eventWords(event, language);
  switch (format) {
    case "json": {
      const { type, at, data } = event;
      return JSON.stringify({ type, timestamp: at.toISOString().replace(".000Z", "Z"), data });
    }
    case "slack":
      return JSON.stringify(slackMessage(words));
    case "teams":
      return JSON.stringify(teamsMessage(words));
    case "discord":
      return JSON.stringify(discordMessage(words, event.at));
    case "pagerduty":
      return JSON.stringify(pagerDutyEvent(words, event, routingKey));
  }
}
