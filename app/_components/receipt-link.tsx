import Link from "next/link";
import { useTranslations } from "next-intl";
import { receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { buttonClass } from "./button.tsx";

/** To how a page's spend comes about: its tokens × rate. */
export function ReceiptLink({ query }: { readonly query: PageQuery }) {
  const t = useTranslations("UsageReceipt");
  return (
    <Link href={receiptHref(query)} prefetch={false} className={buttonClass("ghost")}>
      {t("link")}
    </Link>
  );
}
