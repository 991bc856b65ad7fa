import {
  Activity,
  BookOpenText,
  Bot,
  Boxes,
  Building2,
  Calculator,
  CalendarCheck,
  CalendarClock,
  ChartColumnStacked,
  CircleHelp,
  Coins,
  Contact,
  Download,
  FileCheck,
  FolderKanban,
  Gauge,
  HandCoins,
  History,
  KeyRound,
  Landmark,
  LayoutDashboard,
  ListFilter,
  LogIn,
  type LucideIcon,
  MessagesSquare,
  NotebookPen,
  Percent,
  Plug,
  ReceiptText,
  Scale,
  ScanSearch,
  ScrollText,
  Settings,
  TrendingUp,
  TriangleAlert,
  Upload,
  UserRound,
  Users,
  Webhook,
  Wrench,
} from "lucide-react";
import type { Role } from "#lib/access/viewer.ts";

export type NavItem = {
  /** Key of its words in the messages under "Nav". */
  readonly name: string;
  readonly href: string;
  readonly icon: LucideIcon;
  /** The key that goes there after "g". */
  readonly key?: string;
  /** Who sees it; the page itself decides who may open it. */
  readonly roles?: readonly Role[];
};

export type NavGroup = {
  readonly name: string;
  /** Folded until somebody opens it, or is on one of its pages. */
  readonly isFolded?: boolean;
  readonly items: readonly NavItem[];
};

const MONEY: readonly Role[] = ["admin", "finance"];
const ADMIN: readonly Role[] = ["admin"];

/** The pages in the order of the sidebar and the command menu: what is used daily comes first. */
const NAV: readonly NavGroup[] = [
  {
    name: "spend",
    items: [
      { name: "overview", href: "/", icon: LayoutDashboard, key: "o" },
      { name: "explore", href: "/explore", icon: ChartColumnStacked, key: "e" },
      { name: "teamSpend", href: "/teams", icon: Users, key: "t" },
      { name: "agents", href: "/agents", icon: Bot, key: "a" },
      { name: "models", href: "/models", icon: Boxes, key: "m" },
    ],
  },
  {
    name: "control",
    items: [
      { name: "budgets", href: "/budgets", icon: Gauge, key: "b" },
      { name: "forecasts", href: "/forecasts", icon: TrendingUp, key: "f" },
      { name: "anomalies", href: "/anomalies", icon: TriangleAlert, key: "n" },
    ],
  },
  {
    name: "activity",
    items: [
      { name: "sessions", href: "/sessions", icon: MessagesSquare, key: "s" },
      { name: "tools", href: "/tools", icon: Wrench, key: "c" },
      { name: "events", href: "/events", icon: Activity, key: "v" },
    ],
  },
  {
    name: "costs",
    isFolded: true,
    items: [
      { name: "costModels", href: "/cost-models", icon: HandCoins, key: "k" },
      { name: "planOrPay", href: "/plan-or-pay", icon: Scale },
      { name: "statements", href: "/statements", icon: ReceiptText },
      { name: "close", href: "/close", icon: CalendarCheck, roles: MONEY },
      { name: "reconciliation", href: "/reconciliation", icon: FileCheck, roles: MONEY },
      { name: "journal", href: "/adjustments", icon: NotebookPen, roles: MONEY },
      { name: "kpis", href: "/kpis", icon: Percent, roles: MONEY },
      { name: "exports", href: "/exports", icon: Download },
      { name: "schedules", href: "/exports/schedules", icon: CalendarClock, roles: MONEY },
    ],
  },
  {
    name: "prices",
    isFolded: true,
    items: [
      { name: "prices", href: "/prices", icon: BookOpenText, key: "p" },
      { name: "calculator", href: "/calculator", icon: Calculator },
      { name: "unpriced", href: "/unpriced", icon: CircleHelp, key: "u" },
      { name: "repricing", href: "/repricing", icon: History, roles: MONEY },
    ],
  },
  {
    name: "data",
    isFolded: true,
    items: [
      { name: "dataQuality", href: "/data-quality", icon: ScanSearch, key: "q" },
      { name: "connect", href: "/connect", icon: Plug, roles: ADMIN },
      { name: "import", href: "/import", icon: Upload, roles: MONEY },
    ],
  },
];

/** The pages behind the one entry "Settings". */
const SETTINGS: readonly NavGroup[] = [
  {
    name: "organization",
    items: [
      { name: "organization", href: "/settings/organization", icon: Building2, roles: MONEY },
      { name: "teams", href: "/settings/teams", icon: Users, roles: MONEY },
      { name: "projects", href: "/settings/projects", icon: FolderKanban, roles: MONEY },
      { name: "costCenters", href: "/settings/cost-centers", icon: Landmark, roles: MONEY },
      { name: "members", href: "/settings/members", icon: Contact, roles: MONEY },
      { name: "rules", href: "/settings/rules", icon: ListFilter, roles: MONEY },
      { name: "currency", href: "/settings/currency", icon: Coins, roles: MONEY },
    ],
  },
  {
    name: "access",
    items: [
      { name: "people", href: "/settings/people", icon: UserRound, roles: ADMIN },
      { name: "signIn", href: "/settings/sign-in", icon: LogIn, roles: ADMIN },
      { name: "keys", href: "/settings/keys", icon: KeyRound, roles: ADMIN },
      { name: "audit", href: "/settings/audit", icon: ScrollText, roles: ADMIN },
    ],
  },
  {
    name: "delivery",
    items: [{ name: "webhooks", href: "/settings/webhooks", icon: Webhook, roles: ADMIN }],
  },
];

/** The groups with the items that a role may use; empty groups are left out. */
export function navFor(role: Role): readonly NavGroup[] {
  return forRole(NAV, role);
}

/** The settings that a role may open, grouped. */
export function settingsFor(role: Role): readonly NavGroup[] {
  return forRole(SETTINGS, role);
}

/** The one entry that leads to the settings; null for roles that have none. */
export function settingsEntry(role: Role): NavItem | null {
  const [first] = settingsFor(role).flatMap(({ items }) => items);
  return first === undefined
    ? null
    : { name: "settings", href: first.href, icon: Settings, key: "," };
}

/** Every page that a key leads to after "g". */
export function keyedItems(role: Role): readonly NavItem[] {
  const settings = settingsEntry(role);
  const items = navFor(role).flatMap((group) => group.items);
  return [...items, ...(settings === null ? [] : [settings])].filter(
    ({ key }) => key !== undefined,
  );
}

/** Whether the page at `path` belongs to an item: the one whose address is the longest part of it. */
export function isCurrent(path: string, { name, href }: NavItem): boolean {
  if (name === "settings") return path.startsWith("/settings/");
  return href === HREFS.findLast((one) => path === one || path.startsWith(`${one}/`));
}

/** The longest last; the overview's "/" is a part of no other. */
const HREFS = [...NAV, ...SETTINGS]
  .flatMap(({ items }) => items.map(({ href }) => href))
  .toSorted((a, b) => a.length - b.length);

function forRole(groups: readonly NavGroup[], role: Role): readonly NavGroup[] {
  return groups
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => item.roles?.includes(role) ?? true),
    }))
    .filter((group) => group.items.length > 0);
}
