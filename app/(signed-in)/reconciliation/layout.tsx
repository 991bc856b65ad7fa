import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function ReconciliationLayout({ children }: { readonly children: ReactNode }) {
  return (
    <ClientMessages of={["Currency", "Reconciliation", "Statements"]}>{children}</ClientMessages>
  );
}
