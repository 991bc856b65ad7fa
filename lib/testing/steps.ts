import assert from "node:assert/strict";
import type { UsageEvent } from "#lib/usage/usage-event.ts";

type Work = (events: readonly UsageEvent[]) => void;

/**
 * Holds that twice the events are about twice the work, which no clock tells
 * reliably. Comparing each with each makes it four times; sorting needs a little
 * more than twice.
 *
 * @param made That many events.
 */
export function assertGrowsWithEvents(made: (count: number) => UsageEvent[], work: Work): void {
  const [once, twice] = [stepsOf(made(1_000), work), stepsOf(made(2_000), work)];
  assert.ok(twice < 2.5 * once, `${once} steps for 1,000 events, ${twice} for 2,000`);
}

/** How often fields of the events are read and things are looked up in maps. */
function stepsOf(events: readonly UsageEvent[], work: Work): number {
  let steps = 0;
  const watched = events.map(
    (event) =>
      new Proxy(event, {
        get: (target, field) => {
          steps++;
          return Reflect.get(target, field);
        },
      }),
  );
  const { get } = Map.prototype;
  Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown) {
    steps++;
    return get.call(this, key);
  };
  try {
    work(watched);
  } finally {
    Map.prototype.get = get;
  }
  return steps;
}
