import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function PeopleLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["People"]}>{children}</ClientMessages>;
}
