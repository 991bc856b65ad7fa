import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function OrganizationLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Settings"]}>{children}</ClientMessages>;
}
