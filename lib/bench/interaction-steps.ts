import type { Locator, Page } from "@playwright/test";
import { settle } from "./page-visit.ts";

/** Something that people do on a page. */
export type Step = {
  readonly name: string;
  readonly path: string;
  /** Brings up what is acted on. */
  readonly open?: (page: Page) => Promise<unknown>;
  readonly target: (page: Page) => Locator;
  /** A click unless told otherwise. */
  readonly act?: (target: Locator) => Promise<void>;
  /** Waits for what was asked for. */
  readonly arrives: (page: Page) => Promise<unknown>;
};

const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole("button", { name }).filter({ visible: true }).first();
const openPeriods = (page: Page) => button(/^Month to date/)(page).click();
const last7Days = {
  open: openPeriods,
  target: button("Last 7 days"),
  arrives: (page: Page) => page.waitForURL(/period=7d/),
};
const asTable = {
  target: button("View as table"),
  arrives: (page: Page) => button("View as chart")(page).waitFor(),
};
const firstNode = (page: Page) => page.getByRole("treegrid").locator("tbody tr").first();
const openSession = async (page: Page) => {
  await page.locator("main table a[href^='/sessions/']").first().click();
  await page.getByRole("treegrid").waitFor();
  await settle(page);
};
/** The tree is not busy before either: what lies below must be there. */
const nodeOpened = (page: Page) =>
  page.locator("tr[aria-expanded=true] + tr[aria-level='2']").first().waitFor();

export const STEPS: readonly Step[] = [
  {
    name: "overview: group by model",
    path: "/",
    target: (page) => page.getByRole("link", { name: "Model", exact: true }),
    arrives: (page) => page.waitForURL(/by=model/),
  },
  {
    name: "overview: open the periods",
    path: "/",
    target: button(/^Month to date/),
    arrives: (page) => button("Last 7 days")(page).waitFor(),
  },
  { name: "overview: last 7 days", path: "/", ...last7Days },
  { name: "overview: view as table", path: "/", ...asTable },
  {
    name: "overview: go to explore",
    path: "/",
    target: (page) => page.getByRole("link", { name: "Explore", exact: true }).first(),
    arrives: (page) => page.waitForURL(/\/explore/),
  },
  { name: "explore: last 7 days", path: "/explore?by=model", ...last7Days },
  {
    name: "explore, two groupings: view as table",
    path: "/explore?by=model&then=team&period=30d&compare=1",
    ...asTable,
  },
  {
    name: "explore by user: sort the table",
    path: "/explore?by=user",
    target: (page) => page.getByRole("columnheader", { name: "User" }).getByRole("button"),
    arrives: (page) => page.waitForURL(/sort=/),
  },
  {
    name: "explore by user: take a column out",
    path: "/explore?by=user",
    open: (page) => button("Columns")(page).click(),
    target: (page) => page.getByRole("dialog").getByRole("checkbox").first(),
    arrives: (page) => page.waitForURL(/columns=/),
  },
  {
    name: "models: sort the table",
    path: "/models",
    target: (page) =>
      page.getByRole("columnheader", { name: "Model", exact: true }).getByRole("button"),
    arrives: (page) => page.waitForURL(/sort=/),
  },
  {
    name: "session: open a node by mouse",
    path: "/sessions",
    open: openSession,
    target: (page) => page.getByRole("treegrid").getByRole("button", { name: /^Open/ }).first(),
    arrives: nodeOpened,
  },
  {
    name: "session: open a node by keyboard",
    path: "/sessions",
    open: async (page) => {
      await openSession(page);
      await firstNode(page).focus();
    },
    target: firstNode,
    act: (target) => target.press("ArrowRight"),
    arrives: nodeOpened,
  },
  {
    name: "key figures: view as table",
    path: "/kpis",
    ...asTable,
  },
  {
    name: "calculator: type a model",
    path: "/calculator",
    target: (page) => page.getByLabel("Model 1 (provider/model)"),
    act: (target) => target.pressSequentially("g"),
    arrives: (page) => page.locator("datalist option").first().waitFor({ state: "attached" }),
  },
  {
    name: "command menu: open",
    path: "/",
    target: button(/^Go to/),
    arrives: (page) => page.getByRole("dialog").getByRole("option").first().waitFor(),
  },
  {
    name: "command menu: type",
    path: "/",
    open: async (page) => {
      await button(/^Go to/)(page).click();
      await page.getByRole("dialog").getByRole("option").first().waitFor();
    },
    target: (page) => page.getByRole("dialog").getByRole("combobox"),
    act: (target) => target.pressSequentially("e"),
    arrives: (page) => page.getByRole("dialog").getByRole("option", { name: "Events" }).waitFor(),
  },
];
