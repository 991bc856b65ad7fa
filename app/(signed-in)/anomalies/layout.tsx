import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function AnomaliesLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Anomalies", "Live", "PlannedEvents"]}>{children}</ClientMessages>;
}
