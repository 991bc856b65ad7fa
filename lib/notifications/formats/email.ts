import type { EventWords } from "../event-words.ts";

/** A letter in plain text. */
export function emailOf({ title, summary, facts, url, labelled }: EventWords): {
  readonly subject: string;
  readonly text: string;
} {
  // What has more than one line stands apart.
  const lines = facts.map(({ name, value }) =>
    value.includes("\n")
      ? `${labelled(name, value.replaceAll("\n", "\n  "))}\n`
      : labelled(name, value),
  );
  const text = [title, "", summary, ...(lines.length === 0 ? [] : ["", ...lines]), "", url, ""];
  return { subject: `[Outlay] ${title}`, text: text.join("\n") };
}
