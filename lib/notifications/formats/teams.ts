import type { EventWords } from "../event-words.ts";
import { cut } from "./cut.ts";
import { leadingFacts } from "./leading-facts.ts";

/** An Adaptive Card for a Workflows webhook of Microsoft Teams; 28 kB at most. */
export function teamsMessage(words: EventWords) {
  const { title, summary, url, open } = words;
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          msteams: { width: "Full" },
          body: [
            { type: "TextBlock", text: plain(title), weight: "Bolder", size: "Medium", wrap: true },
            { type: "TextBlock", text: plain(summary), wrap: true },
            {
              type: "FactSet",
              facts: leadingFacts(words, 21).map(({ name, value }) => ({
                title: plain(name),
                value: plain(value),
              })),
            },
          ],
          actions: [{ type: "Action.OpenUrl", title: open, url }],
        },
      },
    ],
  };
}

/** Text blocks know Markdown: a name shall make no link. */
function plain(text: string): string {
  return cut(text, 1_000).replaceAll(/[\\[\]*_]/g, "\\$&");
}
