import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Brand } from "#app/_components/brand.tsx";
import type { Theme } from "#app/_server/theme-names.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AccountMenu } from "./account-menu.tsx";
import { MobileNav } from "./mobile-nav.tsx";
import { SearchButton } from "./search-button.tsx";
import { ShellKeys } from "./shell-keys.tsx";
import { Sidebar } from "./sidebar.tsx";
import type { SidebarState } from "./sidebar-state.ts";

/** What surrounds every signed-in page: sidebar or, on a phone, a bar on top. */
export function AppShell({
  viewer,
  theme,
  sidebar,
  exploreHref,
  hasSampleData,
  children,
}: {
  readonly viewer: Viewer;
  readonly theme: Theme;
  readonly sidebar: SidebarState;
  /** Where Explore begins: at the viewer's default view. */
  readonly exploreHref: string;
  readonly hasSampleData: boolean;
  readonly children: ReactNode;
}) {
  const t = useTranslations("Shell");
  const { id, role, label, teams } = viewer;
  return (
    <ShellKeys viewerId={id} role={role} exploreHref={exploreHref}>
      <div className="min-h-dvh md:flex">
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-action px-3 py-2 text-on-action focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          {t("skip")}
        </a>
        <header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-line border-b bg-surface px-2 md:hidden print:hidden">
          <MobileNav role={role} exploreHref={exploreHref} />
          <Brand />
          <div className="ml-auto flex min-w-0 items-center gap-1">
            <SearchButton isIcon />
            <AccountMenu label={label} role={role} theme={theme} />
          </div>
        </header>
        <Sidebar role={role} exploreHref={exploreHref} initial={sidebar}>
          <AccountMenu label={label} role={role} theme={theme} />
        </Sidebar>
        <div className="min-w-0 flex-1">
          {hasSampleData && (
            <aside
              aria-label={t("sampleLabel")}
              className="border-warn/20 border-b bg-warn-soft px-4 py-1 text-center text-warn text-xs"
            >
              {t("sample")} <span className="max-md:hidden">{t("removeSample")}</span>
            </aside>
          )}
          {teams !== "all" && (
            <aside
              aria-label={t("scopeLabel")}
              className="border-line border-b bg-sunken px-4 py-1 text-center text-muted text-xs print:hidden"
            >
              {t("scope", { count: teams.length })}
            </aside>
          )}
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto flex max-w-[82rem] flex-col gap-5 px-4 py-5 outline-none md:px-8 md:py-7"
          >
            {children}
          </main>
        </div>
      </div>
    </ShellKeys>
  );
}
