import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function StatementsLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["GlCodes", "Statements"]}>{children}</ClientMessages>;
}
