import { useLocale, useTranslations } from "next-intl";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import type { CacheSaving } from "#lib/pricing/cache-saving.ts";

/** What caching saved on balance; how that comes about is a hover away. */
export function CacheSavingAmount({ caching }: { readonly caching: CacheSaving | null }) {
  const t = useTranslations("Models");
  const locale = useLocale();
  if (caching === null) return <span className="text-faint">–</span>;
  const exact = (usd: CacheSaving["net"]) => formatUsdExact(usd, locale);
  return (
    <span
      className={caching.net < 0n ? "text-warn" : ""}
      title={t("savingFormula", {
        saved: exact(caching.saved),
        surcharge: exact(caching.surcharge),
        net: exact(caching.net),
      })}
    >
      <SignedAmount usd={caching.net} signed={false} zero="dash" />
    </span>
  );
}
