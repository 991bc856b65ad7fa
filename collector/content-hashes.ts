import { createHmac } from "node:crypto";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { textOf } from "./dialects/attributes.ts";
import type { Attributes } from "./otlp/model.ts";
import { isContentKey } from "./retained-attributes.ts";

const MOST_HASHES = 16;
/** 128 bits tell two contents apart for certain. */
const HASH_LENGTH = 32;

/** What a key's policy makes of content: nothing of it is kept, or hashes under this secret. */
export type ContentPolicy =
  | { readonly kind: "drop" }
  | { readonly kind: "hash"; readonly secret: string };

export const DROP_CONTENT: ContentPolicy = { kind: "drop" };

/**
 * The events of one item with hashes of its content (prompts, arguments,
 * results) as attributes `KEY.hash`, where the policy asks for them. They tell
 * that two calls had the same content, and nothing else: the secret keeps short
 * contents from being guessed.
 */
export function withContentHashes(
  events: readonly UsageEvent[],
  attributes: Attributes,
  policy: ContentPolicy,
): readonly UsageEvent[] {
  if (policy.kind === "drop" || events.length === 0) return events;
  const hashes: [string, string][] = [];
  for (const key of attributes.keys()) {
    if (hashes.length === MOST_HASHES) break;
    const content = isContentKey(key) ? textOf(attributes.get(key)) : null;
    if (content === null || content === "") continue;
    const digest = createHmac("sha256", policy.secret).update(content).digest("hex");
    hashes.push([`${key.replaceAll("\u0000", "")}.hash`, digest.slice(0, HASH_LENGTH)]);
  }
  if (hashes.length === 0) return events;
  const added = Object.fromEntries(hashes);
  return events.map((event) => ({ ...event, attributes: { ...event.attributes, ...added } }));
}
