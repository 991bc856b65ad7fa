import { useLocale } from "next-intl";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { numberFormat, withMinus } from "#app/_format/formatters.ts";
import { subtractUsd, type Usd } from "#lib/money/money.ts";

/** Beyond ten times a percentage says nothing any more. */
const MOST_PERMILLE = 10_000;

/** What an amount has changed by, and by how many percent. */
export function ChangeSince({ now, before }: { readonly now: Usd; readonly before: Usd }) {
  const locale = useLocale();
  const change = subtractUsd(now, before);
  if (change === 0n) return <span className="text-faint">–</span>;
  const permille = before > 0n ? Number((change * 1_000n) / before) : null;
  const percent = numberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  return (
    <span className="whitespace-nowrap">
      <SignedAmount usd={change} />
      {permille !== null && Math.abs(permille) < MOST_PERMILLE && (
        <span className="figures ml-1.5 text-muted text-xs">
          {withMinus(percent.format(permille / 1_000))}
        </span>
      )}
    </span>
  );
}
