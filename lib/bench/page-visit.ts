import type { BrowserContext, CDPSession, Page } from "@playwright/test";

/** What a browser does to show a page for the first time. */
export type PageVisit = {
  /** Bytes of scripts as they came over the wire. */
  readonly scriptBytes: number;
  /** The longest chain of requests of which each was asked for by the one before it; the page itself is the first. */
  readonly depth: number;
  /** Cumulative layout shift, from the first paint until all is there. */
  readonly shift: number;
};

/** What is there besides the page and is asked for when it is shown already. */
const BESIDE = /\/api\/(v1\/stream|auth\/get-session)/;
/** Of what a link fetches ahead of a click. */
const AHEAD = "next-router-prefetch";

/** Opens a page with an empty cache, and waits until nothing is on its way. */
export async function visitPage(context: BrowserContext, url: string): Promise<PageVisit> {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    const requests = await watchRequests(session);
    await page.addInitScript(watchShifts);
    await page.goto(url);
    await settle(page);
    return {
      scriptBytes: requests.scriptBytes(),
      depth: requests.depth(),
      shift: await shiftOf(page),
    };
  } finally {
    await page.close();
  }
}

/** Waits until the network is quiet but for the stream of events, which stays open. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.waitForFunction(() => document.querySelector(".skeleton") === null);
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })),
  );
}

/** All that moved since the page was opened, or since it was last asked. */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const holder = window as typeof window & { layoutShift?: number };
    const shift = holder.layoutShift ?? 0;
    holder.layoutShift = 0;
    return shift;
  });
}

/** Runs in the page. What moves right after a click was asked for and does not count, as in Core Web Vitals. */
function watchShifts(): void {
  const holder = window as typeof window & { layoutShift?: number };
  holder.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      readonly value: number;
      readonly hadRecentInput: boolean;
    })[]) {
      if (!entry.hadRecentInput) holder.layoutShift = (holder.layoutShift ?? 0) + entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

async function watchRequests(session: CDPSession) {
  const initiators = new Map<string, string | null>();
  const scripts = new Set<string>();
  let bytes = 0;
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  session.on("Network.requestWillBeSent", ({ requestId, request, initiator, type }) => {
    if (BESIDE.test(request.url) || AHEAD in request.headers || type === "Font") return;
    const by = initiator.url ?? initiator.stack?.callFrames[0]?.url ?? null;
    if (!initiators.has(request.url)) initiators.set(request.url, by === request.url ? null : by);
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  const depthOf = (url: string | null, seen: ReadonlySet<string>): number => {
    if (url === null || seen.has(url) || !initiators.has(url)) return 0;
    return 1 + depthOf(initiators.get(url) ?? null, new Set([...seen, url]));
  };
  return {
    scriptBytes: () => bytes,
    depth: () => Math.max(...[...initiators.keys()].map((url) => depthOf(url, new Set()))),
  };
}
