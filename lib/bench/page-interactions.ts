import type { BrowserContext, Locator, Page } from "@playwright/test";
import { settle, shiftOf } from "./page-visit.ts";

/** How long after a click the page answers it. */
export type Interaction = {
  readonly name: string;
  /** Until the browser paints what the click changed at once, in ms. */
  readonly paintMs: readonly number[];
  /** Until the new figures are there, in ms. */
  readonly figuresMs: readonly number[];
};

type Step = {
  readonly name: string;
  readonly path: string;
  /** Brings up what is clicked. */
  readonly open?: (page: Page) => Promise<void>;
  readonly target: (page: Page) => Locator;
  /** Waits for what was asked for. */
  readonly arrives: (page: Page) => Promise<unknown>;
};

const STEPS: readonly Step[] = [
  {
    name: "overview: group by model",
    path: "/",
    target: (page) => page.getByRole("link", { name: "Model", exact: true }),
    arrives: (page) => page.waitForURL(/by=model/),
  },
  {
    name: "overview: last 7 days",
    path: "/",
    open: (page) => page.getByRole("button", { name: /^Month to date/ }).click(),
    target: (page) => page.getByRole("button", { name: "Last 7 days" }),
    arrives: (page) => page.waitForURL(/period=7d/),
  },
  {
    name: "explore: last 7 days",
    path: "/explore?by=model",
    open: (page) => page.getByRole("button", { name: /^Month to date/ }).click(),
    target: (page) => page.getByRole("button", { name: "Last 7 days" }),
    arrives: (page) => page.waitForURL(/period=7d/),
  },
  {
    name: "explore by user: sort the table",
    path: "/explore?by=user",
    target: (page) => page.getByRole("columnheader", { name: "User" }).getByRole("button"),
    arrives: (page) => page.waitForURL(/sort=/),
  },
  {
    name: "session: open a node",
    path: "/sessions",
    open: async (page) => {
      await page.locator("main table a[href^='/sessions/']").first().click();
      await page.getByRole("treegrid").waitFor();
      await settle(page);
    },
    target: (page) => page.getByRole("treegrid").getByRole("button", { name: /^Open/ }).first(),
    // The tree is not busy before the click either: what lies below must be there.
    arrives: (page) =>
      page.locator("tr[aria-expanded=true] + tr[aria-level='2']").first().waitFor(),
  },
  {
    name: "command menu",
    path: "/",
    target: (page) => page.getByRole("button", { name: /^Go to/ }).filter({ visible: true }),
    arrives: (page) => page.getByRole("dialog").getByRole("option").first().waitFor(),
  },
];

/** Clicks what people click most, so many times each, as a browser measures it (Event Timing). */
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
      await page.evaluate(() => Object.assign(window, { slowestEvent: 0 }));
      await step.target(page).evaluate(markClick);
      await step.target(page).click();
      await step.arrives(page);
      await page.waitForFunction(() => document.querySelector("[data-pending]") === null);
      const arrived = await page.evaluate(() => performance.now());
      const measured = await page.evaluate(() => {
        const { clickedAt = 0, slowestEvent = 0 } = window as Marks;
        return { clickedAt, slowestEvent };
      });
      figuresMs.push(arrived - measured.clickedAt);
      paintMs.push(measured.slowestEvent);
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

type Marks = typeof window & { clickedAt?: number; slowestEvent?: number };

/** Runs in the page: from the press to the next paint, as INP counts. */
function watchEvents(): void {
  const holder = window as Marks;
  const options = { type: "event", durationThreshold: 16, buffered: true };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      holder.slowestEvent = Math.max(holder.slowestEvent ?? 0, duration);
    }
  }).observe(options);
}

/** Runs in the page. */
function markClick(element: Element): void {
  element.addEventListener(
    "pointerdown",
    () => {
      (window as Marks).clickedAt = performance.now();
    },
    { once: true, capture: true },
  );
}
