import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function MembersLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Members"]}>{children}</ClientMessages>;
}
