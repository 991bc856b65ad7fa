import {
  Activity,
  BookOpenText,
  Bot,
  Boxes,
  Building2,
  Calculator,
  CalendarCheck,
  ChartColumnStacked,
  CircleHelp,
  Coins,
  Contact,
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
  Plug,
  Scale,
  ScanSearch,
  ScrollText,
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
  /** Who sees it; the page itself decides who may open it. */
  readonly roles?: readonly Role[];
};

export type NavGroup = { readonly name: string; readonly items: readonly NavItem[] };

/** The pages, in the order of the sidebar and the command menu. */
export const NAV: readonly NavGroup[] = [
  {
    name: "spend",
    items: [
      { name: "overview", href: "/", icon: LayoutDashboard },
      { name: "explore", href: "/explore", icon: ChartColumnStacked },
      { name: "teamSpend", href: "/teams", icon: Users },
      { name: "agents", href: "/agents", icon: Bot },
      { name: "models", href: "/models", icon: Boxes },
      { name: "tools", href: "/tools", icon: Wrench },
      { name: "sessions", href: "/sessions", icon: MessagesSquare },
      { name: "events", href: "/events", icon: Activity },
    ],
  },
  {
    name: "control",
    items: [
      { name: "budgets", href: "/budgets", icon: Gauge },
      { name: "forecasts", href: "/forecasts", icon: TrendingUp },
      { name: "anomalies", href: "/anomalies", icon: TriangleAlert },
    ],
  },
  {
    name: "prices",
    items: [
      { name: "prices", href: "/prices", icon: BookOpenText },
      { name: "calculator", href: "/calculator", icon: Calculator },
      { name: "unpriced", href: "/unpriced", icon: CircleHelp },
      { name: "repricing", href: "/repricing", icon: History, roles: ["admin", "finance"] },
      { name: "costModels", href: "/cost-models", icon: HandCoins },
      { name: "planOrPay", href: "/plan-or-pay", icon: Scale },
    ],
  },
  {
    name: "finance",
    items: [
      { name: "close", href: "/close", icon: CalendarCheck, roles: ["admin", "finance"] },
      { name: "journal", href: "/close/journal", icon: NotebookPen, roles: ["admin", "finance"] },
    ],
  },
  {
    name: "data",
    items: [
      { name: "dataQuality", href: "/data-quality", icon: ScanSearch },
      { name: "connect", href: "/connect", icon: Plug, roles: ["admin"] },
      { name: "import", href: "/import", icon: Upload, roles: ["admin", "finance"] },
    ],
  },
  {
    name: "settings",
    items: [
      {
        name: "organization",
        href: "/settings/organization",
        icon: Building2,
        roles: ["admin", "finance"],
      },
      { name: "keys", href: "/settings/keys", icon: KeyRound, roles: ["admin"] },
      { name: "audit", href: "/settings/audit", icon: ScrollText, roles: ["admin"] },
      { name: "signIn", href: "/settings/sign-in", icon: LogIn, roles: ["admin"] },
      { name: "people", href: "/settings/people", icon: UserRound, roles: ["admin"] },
      { name: "teams", href: "/settings/teams", icon: Users, roles: ["admin", "finance"] },
      {
        name: "projects",
        href: "/settings/projects",
        icon: FolderKanban,
        roles: ["admin", "finance"],
      },
      {
        name: "costCenters",
        href: "/settings/cost-centers",
        icon: Landmark,
        roles: ["admin", "finance"],
      },
      { name: "members", href: "/settings/members", icon: Contact, roles: ["admin", "finance"] },
      { name: "rules", href: "/settings/rules", icon: ListFilter, roles: ["admin", "finance"] },
      { name: "webhooks", href: "/settings/webhooks", icon: Webhook, roles: ["admin"] },
      { name: "currency", href: "/settings/currency", icon: Coins, roles: ["admin", "finance"] },
    ],
  },
];

/** The groups with the items that a role may use; empty groups are left out. */
export function navFor(role: Role): readonly NavGroup[] {
  return NAV.map((group) => ({
    ...group,
    items: group.items.filter((item) => item.roles?.includes(role) ?? true),
  })).filter((group) => group.items.length > 0);
}
