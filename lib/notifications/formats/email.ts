import type { EventWords } from "../event-words.ts";
import { cut } from "./cut.ts";
import { leadingFacts } from "./leading-facts.ts";

/** A letter in plain text. */
export function emailOf(words: EventWords): {
  readonly subject: string;
  readonly text: string;
} {
  const { title, summary, url, labelled } = words;
  // What has more than one line stands apart.
  const lines = leadingFacts(words).map(({ name, value }) =>
    value.includes("\n")
      ? `${labelled(name, value.replaceAll("\n", "\n  "))}\n`
      : labelled(name, value),
  );
  const parts = [title, summary, ...(lines.length === 0 ? [] : [lines.join("\n").trimEnd()]), url];
  return { subject: cut(`[Outlay] ${title}`, 200), text: `${parts.join("\n\n")}\n` };
}
