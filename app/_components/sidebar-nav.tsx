"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Role } from "#lib/access/viewer.ts";
import { navFor } from "./nav-items.ts";

/** The pages of the product, the current one marked. */
export function SidebarNav({
  role,
  onNavigate,
}: {
  readonly role: Role;
  readonly onNavigate?: () => void;
}) {
  const t = useTranslations("Nav");
  const path = usePathname();
  return (
    <nav aria-label={t("label")} className="flex flex-col gap-5">
      {navFor(role).map((group) => (
        <div key={group.name}>
          <p className="px-2 pb-1 font-medium text-faint text-xs">{t(`groups.${group.name}`)}</p>
          <ul className="flex flex-col gap-px">
            {group.items.map(({ name, href, icon: Icon }) => {
              const current = href === "/" ? path === "/" : path.startsWith(href);
              return (
                <li key={href}>
                  <Link
                    href={href}
                    prefetch={false}
                    aria-current={current ? "page" : undefined}
                    {...(onNavigate && { onClick: onNavigate })}
                    className="flex h-8 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-hover hover:text-text aria-[current]:bg-hover aria-[current]:font-medium aria-[current]:text-text"
                  >
                    <Icon className="size-4 shrink-0" aria-hidden />
                    {t(name)}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
