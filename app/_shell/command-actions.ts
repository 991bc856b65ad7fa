import {
  BellPlus,
  CirclePlus,
  FileUp,
  KeyRound,
  ListPlus,
  type LucideIcon,
  Tag,
  Upload,
  UserRoundPlus,
} from "lucide-react";
import type { Role } from "#lib/access/viewer.ts";

type Action = {
  /** Key of its words in the messages under "Command.actions". */
  readonly name: string;
  readonly href: string;
  readonly icon: LucideIcon;
  readonly roles: readonly Role[];
};

const MONEY: readonly Role[] = ["admin", "finance"];

/** What one can begin from the command menu; the page that it leads to decides who may. */
const ACTIONS: readonly Action[] = [
  { name: "budget", href: "/budgets/new", icon: CirclePlus, roles: [...MONEY, "manager"] },
  { name: "budgets", href: "/budgets/import", icon: FileUp, roles: [...MONEY, "manager"] },
  { name: "usage", href: "/import", icon: Upload, roles: MONEY },
  { name: "price", href: "/prices/new", icon: Tag, roles: MONEY },
  { name: "rule", href: "/settings/rules/new", icon: ListPlus, roles: ["admin"] },
  { name: "webhook", href: "/settings/webhooks/new", icon: BellPlus, roles: ["admin"] },
  { name: "key", href: "/settings/keys", icon: KeyRound, roles: ["admin"] },
  { name: "person", href: "/settings/people", icon: UserRoundPlus, roles: ["admin"] },
];

export function actionsFor(role: Role): readonly Action[] {
  return ACTIONS.filter(({ roles }) => roles.includes(role));
}
