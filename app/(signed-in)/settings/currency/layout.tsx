import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function CurrencyLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Currency"]}>{children}</ClientMessages>;
}
