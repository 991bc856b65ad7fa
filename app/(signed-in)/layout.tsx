import type { ReactNode } from "react";
import { AppShell } from "#app/_components/app-shell.tsx";
import { SessionKeeper } from "#app/_components/session-keeper.tsx";
import { currentOrganization } from "#app/_server/organization.ts";
import { currentTheme } from "#app/_server/theme.ts";
import { requireViewer } from "#app/_server/viewer.ts";

/** The frame only: each page below asks for its viewer itself. */
export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await requireViewer();
  const [organization, theme] = await Promise.all([currentOrganization(), currentTheme()]);
  return (
    <AppShell viewer={viewer} theme={theme} hasSampleData={organization.hasSampleData}>
      <SessionKeeper />
      {children}
    </AppShell>
  );
}
