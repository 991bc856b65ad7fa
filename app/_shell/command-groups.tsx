"use client";

import {
  Bookmark,
  Bot,
  Boxes,
  CalendarDays,
  Clock,
  Keyboard,
  LogOut,
  type LucideIcon,
  SunMoon,
  Users,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { PERIODS } from "#app/_period/period.ts";
import { chooseThemeAction, signOutAction } from "#app/_server/preferences.ts";
import { THEMES } from "#app/_server/theme-names.ts";
import type { Role } from "#lib/access/viewer.ts";
import type { Place } from "#lib/search/find-places.ts";
import { actionsFor } from "./command-actions.ts";
import { CommandGroup, CommandItem } from "./command-item.tsx";
import type { NavGroup } from "./nav-items.ts";
import { useOpener } from "./opener.ts";
import { forgetPlaces, recentPlaces } from "./recent-places.ts";

/** Closes the menu and does it. */
type Run = (work: () => void) => () => void;
/** Closes the menu and goes there. */
type Go = (href: string) => () => void;

export function PageItems({
  heading,
  groups,
  go,
}: {
  readonly heading: string;
  readonly groups: readonly NavGroup[];
  readonly go: Go;
}) {
  const t = useTranslations("Nav");
  return (
    <CommandGroup heading={heading}>
      {groups
        .flatMap((group) => group.items)
        .map(({ name, href, icon }) => (
          <CommandItem key={href} value={`${t(name)} ${href}`} icon={icon} onSelect={go(href)}>
            {t(name)}
          </CommandItem>
        ))}
    </CommandGroup>
  );
}

export function RecentItems({ viewerId, go }: { readonly viewerId: string; readonly go: Go }) {
  const t = useTranslations("Command");
  return (
    <CommandGroup heading={t("recent")}>
      {recentPlaces(viewerId).map(({ href, title }) => (
        <CommandItem key={href} value={`recent ${href}`} icon={Clock} onSelect={go(href)}>
          {title}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}

const ICONS: { readonly [K in Place["kind"]]: LucideIcon } = {
  team: Users,
  agent: Bot,
  model: Boxes,
  view: Bookmark,
};

export function FoundItems({ places, go }: { readonly places: readonly Place[]; readonly go: Go }) {
  const t = useTranslations("Command");
  return (
    <CommandGroup heading={t("found")}>
      {places.map(({ kind, name, href }) => (
        <CommandItem
          key={`${kind} ${href}`}
          value={`${name} ${t(`kinds.${kind}`)} ${href}`}
          icon={ICONS[kind]}
          note={t(`kinds.${kind}`)}
          onSelect={go(href)}
        >
          {name}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}

export function ActionItems({
  role,
  run,
  go,
}: {
  readonly role: Role;
  readonly run: Run;
  readonly go: Go;
}) {
  const t = useTranslations("Command");
  const account = useTranslations("Account");
  const openSheet = useOpener();
  const signOut = () => {
    forgetPlaces();
    void signOutAction();
  };
  return (
    <CommandGroup heading={t("begin")}>
      {actionsFor(role).map(({ name, href, icon }) => (
        <CommandItem key={name} value={t(`actions.${name}`)} icon={icon} onSelect={go(href)}>
          {t(`actions.${name}`)}
        </CommandItem>
      ))}
      <CommandItem
        value={t("shortcuts")}
        icon={Keyboard}
        note="?"
        onSelect={run(() => openSheet("shortcuts"))}
      >
        {t("shortcuts")}
      </CommandItem>
      {THEMES.map((theme) => (
        <CommandItem
          key={theme}
          value={t("theme", { name: account(`themes.${theme}`) })}
          icon={SunMoon}
          onSelect={run(() => void chooseThemeAction(theme))}
        >
          {t("theme", { name: account(`themes.${theme}`) })}
        </CommandItem>
      ))}
      <CommandItem value={account("signOut")} icon={LogOut} onSelect={run(signOut)}>
        {account("signOut")}
      </CommandItem>
    </CommandGroup>
  );
}

export function PeriodItems({ go }: { readonly go: Go }) {
  const t = useTranslations("Command");
  const period = useTranslations("Period");
  return (
    <CommandGroup heading={period("label")}>
      {PERIODS.filter((name) => name !== "custom").map((name) => {
        const words = t("overviewOf", { period: period(`names.${name}`) });
        return (
          <CommandItem
            key={name}
            value={words}
            icon={CalendarDays}
            onSelect={go(`/?period=${name}`)}
          >
            {words}
          </CommandItem>
        );
      })}
    </CommandGroup>
  );
}
