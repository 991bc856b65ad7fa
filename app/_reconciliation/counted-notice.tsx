import { useLocale, useTranslations } from "next-intl";
import { Notice } from "#app/_components/notice.tsx";
import type { InvoiceBody } from "#app/api/v1/_lib/reconciliations.ts";

type Counted = Pick<import("zod").output<typeof InvoiceBody>, "amounts" | "unpriced_tokens">;

/** Says of a file that only counts usage whose prices its amounts are. */
export function CountedNotice({ amounts, unpriced_tokens: unpriced }: Counted) {
  const t = useTranslations("Reconciliation.counted");
  const locale = useLocale();
  if (amounts === "file") return null;
  const tokens = BigInt(unpriced ?? 0);
  return (
    <Notice title={t("title")}>
      {t("note")}
      {tokens > 0n && ` ${t("unpriced", { tokens: tokens.toLocaleString(locale) })}`}
    </Notice>
  );
}
