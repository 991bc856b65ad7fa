"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useRef } from "react";
import type { Role } from "#lib/access/viewer.ts";
import { isCurrent, type NavGroup, type NavItem, navFor, settingsEntry } from "./nav-items.ts";

/** The pages that a role may open, in groups that fold, the current one marked; the settings at the end. */
export function SidebarNav({
  role,
  exploreHref,
  isNarrow = false,
  isOpen,
  onFold,
  onNavigate,
}: {
  readonly role: Role;
  /** Where Explore begins: at the viewer's default view. */
  readonly exploreHref: string;
  readonly isNarrow?: boolean;
  readonly isOpen: Readonly<Record<string, boolean>>;
  readonly onFold: (group: string, isOpen: boolean) => void;
  readonly onNavigate?: () => void;
}) {
  const t = useTranslations("Nav");
  const settings = settingsEntry(role);
  const link = (item: NavItem) => (
    <PageLink
      key={item.name}
      item={item}
      href={item.name === "explore" ? exploreHref : item.href}
      isNarrow={isNarrow}
      onNavigate={onNavigate}
    />
  );
  return (
    <nav aria-label={t("label")} className="flex min-h-0 flex-1 flex-col">
      <div className="-mx-3 flex min-h-0 flex-1 flex-col gap-3.5 overflow-y-auto px-3 py-1">
        {navFor(role).map((group) => (
          <Group
            key={group.name}
            group={group}
            isNarrow={isNarrow}
            isOpen={isOpen[group.name] ?? group.isFolded !== true}
            onFold={onFold}
          >
            {group.items.map(link)}
          </Group>
        ))}
      </div>
      {settings !== null && <ul className="border-line border-t pt-2">{link(settings)}</ul>}
    </nav>
  );
}

/** A group and its pages. Where one of them is open, so is the group. */
function Group({
  group,
  isNarrow,
  isOpen,
  onFold,
  children,
}: {
  readonly group: NavGroup;
  readonly isNarrow: boolean;
  readonly isOpen: boolean;
  readonly onFold: (group: string, isOpen: boolean) => void;
  readonly children: ReactNode;
}) {
  const t = useTranslations("Nav");
  const path = usePathname();
  const id = useId();
  const isHere = group.items.some((item) => isCurrent(path, item));
  const isShown = isOpen || isHere;
  if (isNarrow) {
    return (
      isShown && (
        <ul aria-label={t(`groups.${group.name}`)} className="flex flex-col gap-px">
          {children}
        </ul>
      )
    );
  }
  return (
    <div>
      <button
        type="button"
        id={id}
        aria-expanded={isShown}
        disabled={isHere && !isOpen}
        onClick={() => onFold(group.name, !isOpen)}
        className="group/fold flex h-6 w-full items-center gap-1 rounded-md px-2 font-medium text-faint text-xs enabled:hover:text-text"
      >
        {t(`groups.${group.name}`)}
        <ChevronRight
          className={`size-3 opacity-0 group-hover/fold:opacity-100 group-focus-visible/fold:opacity-100 ${isShown ? "rotate-90" : "opacity-100"}`}
          aria-hidden
        />
      </button>
      <ul aria-labelledby={id} hidden={!isShown} className="mt-0.5 flex flex-col gap-px">
        {children}
      </ul>
    </div>
  );
}

function PageLink({
  item,
  href,
  isNarrow,
  onNavigate,
}: {
  readonly item: NavItem;
  readonly href: string;
  readonly isNarrow: boolean;
  readonly onNavigate: (() => void) | undefined;
}) {
  const t = useTranslations("Nav");
  const isHere = isCurrent(usePathname(), item);
  const { icon: Icon } = item;
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // In a low window the list is longer than its place.
    if (isHere) link.current?.scrollIntoView({ block: "nearest" });
  }, [isHere]);
  return (
    <li>
      <Link
        ref={link}
        href={href}
        prefetch={false}
        aria-current={isHere ? "page" : undefined}
        {...(isNarrow && { title: t(item.name) })}
        {...(onNavigate && { onClick: onNavigate })}
        className="flex h-7.5 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-hover hover:text-text aria-[current]:bg-line/70 aria-[current]:font-medium aria-[current]:text-text max-md:h-9"
      >
        <Icon className="size-4 shrink-0" aria-hidden />
        <span className={isNarrow ? "sr-only" : "truncate"}>{t(item.name)}</span>
      </Link>
    </li>
  );
}
