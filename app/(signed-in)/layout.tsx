import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { currentTheme } from "#app/_server/theme.ts";
import { requireSignedIn } from "#app/_server/viewer.ts";
import { AppShell } from "#app/_shell/app-shell.tsx";
import { SessionKeeper } from "#app/_shell/session-keeper.tsx";
import { readSidebar, SIDEBAR_COOKIE } from "#app/_shell/sidebar-state.ts";
import { defaultView } from "#lib/views/read-views.ts";

/** The frame only: each page below asks for its viewer itself. */
export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await requireSignedIn();
  const [organization, theme, view, jar] = await Promise.all([
    currentOrganization(),
    currentTheme(),
    defaultView(context().sql, viewer),
    cookies(),
  ]);
  return (
    <AppShell
      viewer={viewer}
      theme={theme}
      sidebar={readSidebar(jar.get(SIDEBAR_COOKIE)?.value)}
      exploreHref={view === null ? "/explore" : `/explore?${view.query}`}
      hasSampleData={organization.hasSampleData}
    >
      <SessionKeeper />
      {children}
    </AppShell>
  );
}
