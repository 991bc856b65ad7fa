import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function CostModelsLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["CostModels", "Prices", "Units"]}>{children}</ClientMessages>;
}
