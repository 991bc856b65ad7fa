import type { ReactNode } from "react";
import { requireViewer } from "#app/_server/viewer.ts";
import { SettingsNav } from "#app/_shell/settings-nav.tsx";

/** The settings beside the way to the other settings; each page below asks for its viewer itself. */
export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const { role } = await requireViewer();
  return (
    <div className="flex flex-col gap-5 lg:flex-row lg:gap-8">
      <SettingsNav role={role} />
      <div className="flex min-w-0 flex-1 flex-col gap-5">{children}</div>
    </div>
  );
}
