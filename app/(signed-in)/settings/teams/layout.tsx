import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function TeamsLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Rules", "Teams"]}>{children}</ClientMessages>;
}
