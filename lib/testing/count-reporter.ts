import type { TestEvent } from "node:test/reporters";

/** How many tests ended well, and how many did not. */
export type Counts = { readonly passed: number; readonly failed: number };

/**
 * A reporter for `node --test` that writes one line of JSON: the counts over
 * all files. Suites are not counted, the tests in them are; a cancelled test
 * is a failed one.
 */
export default async function* countReporter(
  events: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  for await (const event of events) {
    // Each file has a summary of its own too; the one without a file is the sum.
    if (event.type !== "test:summary" || event.data.file !== undefined) continue;
    const { passed, tests } = event.data.counts;
    yield `${JSON.stringify({ passed, failed: tests - passed } satisfies Counts)}\n`;
  }
}
