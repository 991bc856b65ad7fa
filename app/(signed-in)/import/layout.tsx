import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function ImportLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Import"]}>{children}</ClientMessages>;
}
