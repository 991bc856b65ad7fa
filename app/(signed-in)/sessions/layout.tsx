import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function SessionsLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Currency", "Events", "Sessions"]}>{children}</ClientMessages>;
}
