import { useTranslations } from "next-intl";
import type { QuoteLine } from "#lib/pricing/quote.ts";

/** Where a rate was read, since when it is charged, and of what kind it is. */
export function RateSource({ rate }: { readonly rate: NonNullable<QuoteLine["rate"]> }) {
  const t = useTranslations("Receipt");
  return (
    <>
      <Source name={rate.source} url={rate.source_url} />{" "}
      {rate.effective_from !== null && t("since", { day: rate.effective_from.slice(0, 10) })}{" "}
      {t(`kinds.${rate.kind}`)}
    </>
  );
}

/** Sources come from files that people import: only a web address becomes a link. */
function Source({ name, url }: { readonly name: string; readonly url: string }) {
  if (!/^https?:\/\//.test(url)) return name;
  return (
    <a
      href={url}
      rel="noreferrer noopener"
      target="_blank"
      className="text-accent underline-offset-2 underline"
    >
      {name}
    </a>
  );
}
