import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function PricesLayout({ children }: { readonly children: ReactNode }) {
  return (
    <ClientMessages of={["Aliases", "PriceChecks", "Prices", "Units"]}>{children}</ClientMessages>
  );
}
