import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { Count } from "#app/_components/count.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatHour } from "#app/_format/format-time.ts";
import type { UnpricedItem } from "#lib/price-book/unpriced-queue.ts";
import { AliasForm } from "./alias-form.tsx";

/** Models without a price, each with the one step that gives it one. */
export function UnpricedTable({
  caption,
  items,
  timeZone,
  mayChange,
}: {
  readonly caption: string;
  readonly items: readonly UnpricedItem[];
  readonly timeZone: string;
  readonly mayChange: boolean;
}) {
  const t = useTranslations("Unpriced");
  return (
    <Table caption={caption}>
      <thead className="max-md:hidden">
        <tr>
          <HeadCell>{t("model")}</HeadCell>
          <HeadCell numeric>{t("calls")}</HeadCell>
          <HeadCell numeric>{t("tokens")}</HeadCell>
          <HeadCell className="hidden md:table-cell">{t("seen")}</HeadCell>
          {mayChange && <HeadCell>{t("step")}</HeadCell>}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <ItemRow
            key={JSON.stringify([item.provider, item.model, item.tier, item.region, item.reason])}
            item={item}
            timeZone={timeZone}
            mayChange={mayChange}
          />
        ))}
      </tbody>
    </Table>
  );
}

function ItemRow({
  item,
  timeZone,
  mayChange,
}: {
  readonly item: UnpricedItem;
  readonly timeZone: string;
  readonly mayChange: boolean;
}) {
  const t = useTranslations("Unpriced");
  const locale = useLocale();
  const { provider, model, tier, region, reason, calls, tokens, firstSeen, lastSeen } = item;
  const place = [provider, tier === "standard" ? null : tier, region].filter(Boolean).join(" · ");
  return (
    <Row className="align-top max-md:flex max-md:flex-wrap max-md:border-line max-md:border-b max-md:[&>*]:h-auto max-md:[&>*]:border-b-0 max-md:[&>*]:px-4">
      <RowHead className="min-w-48 py-2 max-md:w-full">
        <span className="font-medium [overflow-wrap:anywhere]">{model || t("unknown")}</span>
        <span className="block text-muted text-xs">{place || t("unknown")}</span>
        <span className="block text-warn text-xs">
          {t(`reasons.${item.isPricedNow && reason === "no_price" ? "no_price_then" : reason}`)}
        </span>
      </RowHead>
      <Cell numeric className="py-2">
        <Count value={calls} /> <span className="text-muted md:hidden">{t("calls")}</span>
      </Cell>
      <Cell numeric className="py-2">
        <Count value={tokens} short /> <span className="text-muted md:hidden">{t("tokens")}</span>
      </Cell>
      <Cell className="hidden whitespace-nowrap py-2 text-xs md:table-cell">
        <span className="block">{formatHour(firstSeen, locale, timeZone)}</span>
        <span className="block text-muted">→ {formatHour(lastSeen, locale, timeZone)}</span>
      </Cell>
      {mayChange && (
        <Cell className="py-2 max-md:w-full">
          {model === null || reason !== "no_price" ? (
            <PriceLinks item={item} kinds={["list"]} />
          ) : (
            <AliasForm
              provider={provider ?? "unknown"}
              reported={model}
              suggestions={item.suggestions}
            >
              <PriceLinks item={item} kinds={["list", "estimate", "free"]} />
            </AliasForm>
          )}
        </Cell>
      )}
    </Row>
  );
}

/** To the form for a price of one's own, by what it is for. */
function PriceLinks({
  item,
  kinds,
}: {
  readonly item: UnpricedItem;
  readonly kinds: readonly PriceKind[];
}) {
  const t = useTranslations("Unpriced");
  return (
    <div className="flex flex-wrap max-lg:-ml-3">
      {kinds.map((kind) => (
        <Link key={kind} href={newPriceHref(item, kind)} className={buttonClass("ghost")}>
          {t(`setPrice.${kind}`)}
        </Link>
      ))}
    </div>
  );
}

type PriceKind = "list" | "estimate" | "free";

/** Filled in as far as it is known; charged from the day of the first call. */
function newPriceHref({ provider, model, tier, firstSeen }: UnpricedItem, kind: PriceKind): string {
  const params = new URLSearchParams({
    kind,
    provider: provider ?? "",
    model: model ?? "",
    tier: tier === "standard" ? "" : tier,
    from: firstSeen.toISOString().slice(0, 10),
  });
  return `/prices/new?${params}`;
}
