import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Theme } from "#app/_server/theme-names.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Brand } from "./brand.tsx";
import { CommandMenu } from "./command-menu.tsx";
import { MobileNav } from "./mobile-nav.tsx";
import { SidebarNav } from "./sidebar-nav.tsx";

/** What surrounds every signed-in page: sidebar or, on a phone, a bar on top. */
export function AppShell({
  viewer,
  theme,
  hasSampleData,
  children,
}: {
  readonly viewer: Viewer;
  readonly theme: Theme;
  readonly hasSampleData: boolean;
  readonly children: ReactNode;
}) {
  const t = useTranslations("Shell");
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-action px-3 py-2 text-on-action focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skip")}
      </a>
      <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-line border-b bg-surface px-3 md:hidden">
        <MobileNav role={viewer.role} />
        <Brand />
        <div className="ml-auto max-w-40">
          <AccountMenu label={viewer.label} role={viewer.role} theme={theme} />
        </div>
      </header>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-5 border-line border-r bg-sunken p-3 md:flex">
        <div className="px-2 pt-1.5">
          <Brand />
        </div>
        <CommandMenu role={viewer.role} />
        <div className="min-h-0 flex-1 overflow-y-auto">
          <SidebarNav role={viewer.role} />
        </div>
        <AccountMenu label={viewer.label} role={viewer.role} theme={theme} />
      </aside>
      <div className="min-w-0">
        {hasSampleData && (
          <p className="bg-warn-soft px-4 py-1.5 text-center font-medium text-warn">
            {t("sample")}
          </p>
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
  );
}
