import type { EventWords } from "../event-words.ts";
import { cut } from "./cut.ts";
import { leadingFacts } from "./leading-facts.ts";

/** A message of an incoming webhook (Block Kit): header 150, section 3,000, field 2,000 characters. */
export function slackMessage(words: EventWords) {
  const { title, summary, url, open } = words;
  const facts = leadingFacts(words, 10);
  return {
    text: escaped(`${title}. ${summary}`),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(title, 150) } },
      {
        type: "section",
        text: { type: "mrkdwn", text: cut(escaped(summary), 3_000) },
        ...(facts.length === 0
          ? {}
          : {
              fields: facts.map(({ name, value }) => ({
                type: "mrkdwn",
                text: cut(`*${escaped(name)}*\n${escaped(value)}`, 2_000),
              })),
            }),
      },
      {
        type: "actions",
        elements: [{ type: "button", text: { type: "plain_text", text: open }, url }],
      },
    ],
  };
}

/** Slack's three; without them a name could mention a channel or make a link. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
