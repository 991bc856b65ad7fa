import type { BrowserContext } from "@playwright/test";
import { STEPS } from "./interaction-steps.ts";
import { settle, shiftOf } from "./page-visit.ts";

/** How long after a press the page answers it. */
export type Interaction = {
  readonly name: string;
  /** Until the browser paints what the press changed at once, in ms. */
  readonly paintMs: readonly number[];
  /** Until the new figures are there, in ms. */
  readonly figuresMs: readonly number[];
};

/** Does what people do most, so many times each, as a browser measures it (Event Timing). */
export async function timeInteractions(
  context: BrowserContext,
  url: string,
  times: number,
): Promise<readonly Interaction[]> {
  const page = await context.newPage();
  await page.addInitScript(watchEvents);
  const found: Interaction[] = [];
  for (const step of STEPS) {
    const [paintMs, figuresMs]: [number[], number[]] = [[], []];
    for (let i = 0; i < times; i++) {
      await page.goto(url + step.path);
      await settle(page);
      await step.open?.(page);
      await settle(page);
      await page.evaluate(markPress);
      const target = step.target(page);
      await (step.act === undefined ? target.click() : step.act(target));
      await step.arrives(page);
      await page.waitForFunction(() => document.querySelector("[data-pending]") === null);
      const arrived = await page.evaluate(() => performance.now());
      // What the press changed may be painted after it arrived.
      await settle(page);
      const { pressedAt, slowest } = await page.evaluate(readMarks);
      figuresMs.push(arrived - pressedAt);
      paintMs.push(slowest);
    }
    found.push({ name: step.name, paintMs, figuresMs });
  }
  await page.close();
  return found;
}

/**
 * What moves on the overview when its figures do.
 *
 * @param change Changes what the ledger says, then tells nobody.
 */
export async function shiftOfLiveFigures(
  context: BrowserContext,
  url: string,
  change: () => Promise<void>,
): Promise<number> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const holder = window as typeof window & { layoutShift?: number };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { readonly value: number })[]) {
        holder.layoutShift = (holder.layoutShift ?? 0) + entry.value;
      }
    }).observe({ type: "layout-shift" });
  });
  await page.goto(url);
  await settle(page);
  await shiftOf(page);
  const figure = page.getByRole("definition").first();
  const before = await figure.textContent();
  await change();
  // As when one comes back to the page: it asks for the newest figures.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.waitForFunction((text) => document.querySelector("dd")?.textContent !== text, before);
  await settle(page);
  const shift = await shiftOf(page);
  await page.close();
  return shift;
}

type Marks = typeof window & {
  pressedAt?: number | null;
  slowest?: number;
};

/** Runs in the page: from the press to the next paint, as INP counts. */
function watchEvents(): void {
  const holder = window as Marks;
  const note = (entries: PerformanceEntryList) => {
    // A pointer that only moves is no interaction.
    for (const { duration, interactionId } of entries as (PerformanceEntry & {
      readonly interactionId: number;
    })[]) {
      if (interactionId > 0) holder.slowest = Math.max(holder.slowest ?? 0, duration);
    }
  };
  const watcher = new PerformanceObserver((list) => note(list.getEntries()));
  const options = { type: "event", durationThreshold: 16, buffered: true };
  watcher.observe(options);
  holder.addEventListener("outlay-read", () => note(watcher.takeRecords()));
  for (const kind of ["pointerdown", "keydown"]) {
    holder.addEventListener(
      kind,
      () => {
        holder.pressedAt ??= performance.now();
      },
      { capture: true },
    );
  }
}

/** Runs in the page. */
function markPress(): void {
  Object.assign(window, { pressedAt: null, slowest: 0 });
}

/** Runs in the page. */
function readMarks() {
  window.dispatchEvent(new Event("outlay-read"));
  const { pressedAt, slowest = 0 } = window as Marks;
  return { pressedAt: pressedAt ?? 0, slowest };
}
