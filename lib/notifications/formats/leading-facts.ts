import type { EventWords, Fact } from "../event-words.ts";

/** At most so many facts; where there are more, the last one says how many, and where they are. */
export function leadingFacts(
  { facts, unnamed = 0, others, url }: EventWords,
  most = Number.POSITIVE_INFINITY,
): readonly Fact[] {
  if (unnamed === 0 && facts.length <= most) return facts;
  const named = facts.slice(0, most - 1);
  const left = unnamed + facts.length - named.length;
  return [...named, { name: others(left), value: url }];
}
