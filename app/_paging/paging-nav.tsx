import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** The ways to the rows before and after, at the end of a panel; nothing where there are none. */
export function PagingNav({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("Paging");
  return (
    <nav
      aria-label={t("name")}
      className="flex justify-end gap-2 border-line border-t px-4 py-2 empty:hidden"
    >
      {children}
    </nav>
  );
}
