import type { ReactNode } from "react";
import { ClientMessages } from "#app/_i18n/client-messages.tsx";

export default function AdjustmentsLayout({ children }: { readonly children: ReactNode }) {
  return <ClientMessages of={["Journal"]}>{children}</ClientMessages>;
}
