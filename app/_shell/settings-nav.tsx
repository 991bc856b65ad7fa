"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { Role } from "#lib/access/viewer.ts";
import { isCurrent, settingsFor } from "./nav-items.ts";

/** The settings that a role may open: a column beside the page, or a row above it that scrolls. */
export function SettingsNav({ role }: { readonly role: Role }) {
  const t = useTranslations("Nav");
  const path = usePathname();
  const row = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another current link
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current !== null && current) row.current.scrollLeft = current.offsetLeft - 16;
  }, [path]);
  const groups = settingsFor(role);
  if (groups.length === 0) return null;
  return (
    <nav
      ref={row}
      aria-label={t("settings")}
      className="-mx-4 relative scroll-x flex shrink-0 gap-1 border-line border-b px-4 pb-2 md:mx-0 md:px-0 lg:sticky lg:top-7 lg:w-44 lg:flex-col lg:gap-4 lg:self-start lg:border-b-0 lg:pb-0"
    >
      {groups.map((group) => (
        <div key={group.name} className="flex shrink-0 lg:block">
          <p className="hidden px-2 pb-1 font-medium text-faint text-xs lg:block">
            {t(`groups.${group.name}`)}
          </p>
          <ul className="flex gap-1 lg:flex-col lg:gap-px">
            {group.items.map((item) => (
              <li key={item.name}>
                <Link
                  href={item.href}
                  prefetch={false}
                  aria-current={isCurrent(path, item) ? "page" : undefined}
                  className="flex h-8 items-center whitespace-nowrap rounded-md px-2 text-muted hover:bg-hover hover:text-text aria-[current]:bg-line/70 aria-[current]:font-medium aria-[current]:text-text lg:h-7.5"
                >
                  {t(item.name)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
