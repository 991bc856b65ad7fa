import { useTranslations } from "next-intl";
import { checkedOn, type ListedPrice } from "#lib/price-book/list-prices.ts";

/** Where a rate was read and when it was last looked at. Links come from outside: only http(s) is one. */
export function SourceLink({ row }: { readonly row: ListedPrice }) {
  const t = useTranslations("Prices");
  const { name, url } = row.source;
  return (
    <span className="block max-w-72">
      <span className="block truncate" title={name}>
        {/^https?:\/\//.test(url) ? (
          <a href={url} rel="noreferrer" target="_blank" className="underline underline-offset-2">
            {name}
          </a>
        ) : (
          name
        )}
      </span>
      <span className={`text-xs ${row.isStale ? "text-warn" : "text-muted"}`}>
        {t(row.isStale ? "checkedLongAgo" : "checked", { day: checkedOn(row) })}
      </span>
    </span>
  );
}
