import type { EventWords } from "../event-words.ts";
import { cut } from "./cut.ts";
import { leadingFacts } from "./leading-facts.ts";

const COLOR = { critical: 0xd92d20, warning: 0xf79009, info: 0x2e90fa } as const;

/** A message of a Discord webhook: title 256, description 4,096, 25 fields of 256 and 1,024 characters. */
export function discordMessage(words: EventWords, at: Date) {
  const { title, summary, url, severity } = words;
  return {
    embeds: [
      {
        title: cut(plain(title), 256),
        description: cut(plain(summary), 2_000),
        url,
        color: COLOR[severity],
        timestamp: at.toISOString(),
        fields: leadingFacts(words, 10).map(({ name, value }) => ({
          name: cut(plain(name), 100),
          value: cut(plain(value), 300),
          inline: true,
        })),
        footer: { text: "Outlay" },
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

function plain(text: string): string {
  return text.replaceAll(/[\\*_~`|>[\]()#]/g, "\\$&");
}
