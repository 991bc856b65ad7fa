"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Brand } from "#app/_components/brand.tsx";
import type { Role } from "#lib/access/viewer.ts";
import { SearchButton } from "./search-button.tsx";
import { SidebarNav } from "./sidebar-nav.tsx";
import { type SidebarState, sidebarCookie } from "./sidebar-state.ts";
import { useSingleKeys } from "./single-keys.ts";

/** The pages at the left of wide windows: with names, or as icons only. */
export function Sidebar({
  role,
  exploreHref,
  initial,
  children,
}: {
  readonly role: Role;
  readonly exploreHref: string;
  readonly initial: SidebarState;
  /** The account. */
  readonly children: ReactNode;
}) {
  const t = useTranslations("Shell");
  const [state, setState] = useState(initial);
  const { isNarrow, isOpen } = state;
  const change = (next: SidebarState) => {
    setState(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in all browsers yet
    document.cookie = sidebarCookie(next);
  };
  const turn = () => change({ ...state, isNarrow: !isNarrow });
  useSingleKeys((key) => {
    if (key !== "[") return false;
    turn();
    return true;
  });
  const Icon = isNarrow ? PanelLeftOpen : PanelLeftClose;
  const label = t(isNarrow ? "widen" : "narrow");
  return (
    <header
      data-narrow={isNarrow || undefined}
      className="group/sidebar sticky top-0 hidden h-dvh w-54 shrink-0 flex-col gap-3 border-line border-r bg-sunken p-3 data-[narrow]:w-14 md:flex print:hidden"
    >
      <div className="flex items-center justify-between pt-1 pl-2 group-data-[narrow]/sidebar:flex-col group-data-[narrow]/sidebar:gap-2 group-data-[narrow]/sidebar:pl-0">
        <Brand isMark={isNarrow} />
        <button
          type="button"
          onClick={turn}
          aria-label={label}
          aria-expanded={!isNarrow}
          title={`${label} [`}
          className="grid size-7 place-items-center rounded-md text-faint hover:bg-hover hover:text-text"
        >
          <Icon className="size-4" aria-hidden />
        </button>
      </div>
      <SearchButton isIcon={isNarrow} />
      <SidebarNav
        role={role}
        exploreHref={exploreHref}
        isNarrow={isNarrow}
        isOpen={isOpen}
        onFold={(name, open) => change({ ...state, isOpen: { ...isOpen, [name]: open } })}
      />
      {children}
    </header>
  );
}
